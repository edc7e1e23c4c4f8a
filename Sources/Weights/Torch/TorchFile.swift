import Diagnostics

/// A file that `torch.save` wrote, mapped; its tensors stay where they lie.
///
/// Both forms are read: the zip archive of torch 1.6 and later, and the sequence of pickles before
/// it. https://pytorch.org/docs/stable/notes/serialization.html
///
///     let file = try TorchFile(MappedFile(path: path, name: path))
///     for (style, languages) in file.root.entries ?? [] { … }
public final class TorchFile: Sendable {
  /// The bytes below.
  public let file: MappedFile
  /// What was saved.
  public let root: TorchValue
  /// Copies of the tensors that have gaps in the file.
  private let copies: [MappedFile]

  /// Deepest nesting of containers.
  static let depth = 64
  /// Most bytes of tensors that have to be copied because they lie with gaps.
  static let copied = 1 << 28

  /// Whether the bytes begin as those of a torch file do.
  public static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    ZipArchive.begins(bytes) || LegacyTorchLayout.begins(bytes)
  }

  /// - Throws: `data` when it is malformed, holds anything but tensors and what lists them, or would
  ///   have to be executed.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    self.file = file
    do {
      let layout =
        try LegacyTorchLayout.begins(file.bytes)
        ? LegacyTorchLayout.read(file.bytes) : TorchLayout(zip: file.bytes)
      var builder = TorchValueBuilder(layout, file.bytes)
      root = try builder.build()
      copies = builder.copies
    } catch {
      throw .malformed(file.name, error.text)
    }
  }
}

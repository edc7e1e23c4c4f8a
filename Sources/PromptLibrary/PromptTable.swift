import Diagnostics
import SongStream
import TokenEditing
public import Weights

/// The reference's table of automatic prompts, `new_auto_prompt.pt`: style to language to a list of
/// int64 tensors [1, 3, T] of tokens.
public struct PromptTable: PromptLibrary {
  private let torch: TorchFile
  private let name: String
  private let vocab: Int
  /// The most frames of a prompt.
  private static let longest = 1 << 20

  /// - Parameter vocab: tokens are below this.
  /// - Throws: `data` when the file is not such a table.
  public init(_ file: MappedFile, vocab: Int) throws(WeightsFailure) {
    torch = try TorchFile(file)
    name = file.name
    self.vocab = vocab
    guard let styles = torch.root.entries, !styles.isEmpty,
      styles.allSatisfy({ $0.value.entries != nil })
    else {
      throw WeightsFailure(
        .data, "\(printable(file.name)): no table of prompts by style and language")
    }
  }

  public func prompt(
    style: PromptStyle, language: String?, seed: UInt64
  ) throws -> LibraryPrompt {
    let language = language ?? "en"
    guard let list = torch.root[style.name]?[language]?.items, !list.isEmpty else {
      throw PromptLibraryFailure(
        .data,
        "'\(printable(name))' has no prompt of style '\(printable(style.name))' and language "
          + "'\(language)'")
    }
    let index = SeededChoice.index(of: list.count, seed: seed)
    let title = "\(style.name)/\(language)/\(index)"
    guard let tensor = list[index].tensor, tensor.shape.count == 3, tensor.shape[0] == 1,
      tensor.shape[1] == 3, (1...Self.longest).contains(tensor.shape[2]),
      let numbers = withExtendedLifetime(torch, { tensor.integers() })
    else {
      throw PromptLibraryFailure(
        .data, "'\(printable(name))': prompt \(title) is not integers of shape [1, 3, T]")
    }
    guard numbers.allSatisfy({ (0..<vocab).contains($0) }) else {
      throw PromptLibraryFailure(
        .data, "'\(printable(name))': prompt \(title) has tokens beyond the \(vocab) of this model")
    }
    let frames = tensor.shape[2]
    var tracks = PromptTracks()
    for (row, name) in PromptTracks.names.enumerated() {
      try tracks.add(
        Track(name: name, type: .u16, shape: [1], rate: FrameRate(25), vocab: vocab),
        bytes: numbers[row * frames..<(row + 1) * frames].flatMap {
          [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        })
    }
    return LibraryPrompt(name: title, tracks: tracks, models: [])
  }
}

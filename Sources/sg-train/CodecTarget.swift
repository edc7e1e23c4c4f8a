import CodecFitting
import Diagnostics
import Glibc
import ToolSupport
import Weights

/// The model directory that a codec is written to: one that is there, whose manifest is kept but for what
/// the codec decides, or a new one.
struct CodecTarget {
  private let path: String
  private var manifest: ModelManifest

  /// - Throws: 73 when the directory is not there and cannot be made; what is wrong with its manifest.
  init(_ path: String) throws {
    self.path = path
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw ToolFailure(
        .cannotCreate, "cannot create '\(printable(path))': \(systemMessage(errno))")
    }
    let files = try ModelFiles.directory(path)
    if files.exists(ModelManifest.fileName) {
      manifest = try ModelManifest(files.open(ModelManifest.fileName))
    } else {
      manifest = ModelManifest()
      manifest.toy = true
    }
  }

  /// Writes the files one by one, each whole or not at all; the manifest last.
  func write(_ codec: FittedCodec) throws {
    for file in try CodecFiles(codec).files() { try write(file.name, file.bytes) }
    var manifest = manifest
    manifest.silentCodes = ModelManifest.SilentCodes(vocal: 0, accompaniment: 0)
    manifest.flow = CodecFiles.flow
    var encoder = ModelManifest.Encoder()
    encoder.features = .vae
    encoder.vocalGain = Double(codec.frames.vocalGain)
    manifest.encoder = encoder
    manifest.files = (manifest.files ?? [:]).merging(CodecFiles.roles) { $1 }
    try write(ModelManifest.fileName, manifest.encoded())
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try OutputFile(path + "/" + name)
    try bytes.withUnsafeBytes { try file.write($0) }
    try file.commit()
  }
}

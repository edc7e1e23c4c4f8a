import Foundation
import Weights

/// One input of libFuzzer; which reader gets it is told when this file is compiled.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  #if FUZZ_TORCH
    touch(MappedFile(name: "f.pt", copying: bytes), asTensors: false)
  #elseif FUZZ_PICKLE
    touch(MappedFile(name: "f.pt", copying: archive(of: bytes)), asTensors: false)
  #elseif FUZZ_SAFETENSORS || FUZZ_GGUF
    let file = MappedFile(name: "f", copying: bytes)
    touch(file, asTensors: true)
    // What a GGUF file holds besides tensors.
    if let tensors = try? TensorFile(file) {
      _ = try? tensors.embeddedConfig()
      _ = try? tensors.embeddedFile(.vaeConfig)
      _ = try? tensors.embeddedFile(.tokenizer, "vocab.json")
    }
  #elseif FUZZ_YAML
    let file = MappedFile(name: "config.yaml", copying: bytes)
    _ = try? ModelConfig(file) { (_: String) throws(WeightsFailure) in file }
    _ = try? SourceContent(file)
  #elseif FUZZ_JSON
    _ = try? ModelManifest(MappedFile(name: "sg-model.json", copying: bytes))
    _ = try? SourceContent(MappedFile(name: "vae.json", copying: bytes))
  #endif
  return 0
}

/// Reads every byte that a file of tensors says is a number.
private func touch(_ file: MappedFile, asTensors: Bool) {
  if !asTensors, let torch = try? TorchFile(file) {
    for view in (try? torch.stateDictionary()) ?? [] { read(view) }
  }
  guard let tensors = try? TensorFile(file) else { return }
  for name in tensors.names {
    if let view = tensors.view(name) { read(view) } else { _ = try? tensors.floats(name) }
  }
}

private func read(_ view: TensorView) {
  precondition(view.bytes.count == view.count / view.type.block * view.type.size)
  var sum: UInt8 = 0
  for byte in view.bytes { sum &+= byte }
  precondition(view.bytes.isEmpty || sum <= 255)
}

#if FUZZ_PICKLE
  /// A zip archive with this pickle and one storage, so that the fuzzer need not find the checks of the
  /// archive.
  private func archive(of pickle: UnsafeRawBufferPointer) -> [UInt8] {
    func field<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in [
      ("a/data.pkl", Array(pickle)), ("a/data/0", [UInt8](repeating: 1, count: 64)),
    ] {
      let size = field(UInt32(bytes.count))
      let common = [UInt8](repeating: 0, count: 10) + size + size
      let lengths = field(UInt16(name.utf8.count)) + [0, 0]
      directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0] + common + lengths
      directory += [UInt8](repeating: 0, count: 10) + field(UInt32(file.count)) + Array(name.utf8)
      file += [0x50, 0x4B, 3, 4, 20, 0, 0, 0] + common + lengths + Array(name.utf8) + bytes
    }
    return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0]
      + field(UInt32(directory.count)) + field(UInt32(file.count)) + [0, 0]
  }
#endif

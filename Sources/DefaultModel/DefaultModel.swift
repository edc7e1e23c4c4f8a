import CDefaultModel
public import Weights

/// The embedded model `tiny`: a toy that shows the pipe.
public enum DefaultModel {
  /// What `--model` calls it.
  public static let name = "tiny"

  /// Opens it.
  ///
  /// - Throws: what ``Weights/ModelDirectory`` throws; never in a binary that was built right.
  public static func directory() throws(WeightsFailure) -> ModelDirectory {
    var files: [String: UnsafeRawBufferPointer] = [:]
    for index in 0..<sg_embedded_file_count() {
      let file = sg_embedded_file_at(index)
      files[String(cString: file.name)] = UnsafeRawBufferPointer(
        start: file.bytes, count: file.size)
    }
    return try ModelDirectory(.embedded(name: name, files))
  }
}

import Diagnostics
import FoundationEssentials
import Weights

/// The files of one folder of reference tensors.
struct CaseFiles {
  /// The folder's path.
  let path: String

  /// The last component, for names of cases.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + file)
  }

  func tensors(_ file: String) throws -> TensorFile {
    try TensorFile(path: path + "/" + file)
  }

  func decode<T: Decodable>(_ type: T.Type, from file: String) throws -> T {
    let data = try Data(contentsOf: URL(filePath: path + "/" + file))
    return try JSONDecoder().decode(type, from: data)
  }
}

/// The request of a case, with the reference's keys.
struct CaseItem: Decodable {
  // The reference's keys.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var gt_lyric: String
  var descriptions: String?
}

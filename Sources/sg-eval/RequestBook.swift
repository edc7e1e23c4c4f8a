import Diagnostics
import Lyrics
import SongStream
import ToolSupport

/// The requests of `--requests`: JSON lines as sg-lyrics(1) reads and sg-mix(1) prints them.
struct RequestBook {
  private var byID: [String: JSONValue] = [:]
  private var byFile: [String: JSONValue] = [:]

  /// Most requests.
  private static let most = 100_000

  init() {}

  /// - Throws: ``ToolFailure``: 66 when there is no such file, 65 for a line that is no request.
  init(_ path: String) throws {
    let file = try InputFile(path, binary: false)
    let bytes = try file.readAll(limit: 256 << 20)
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      if line.allSatisfy({ " \t\r".utf8.contains($0) }) { continue }
      let place = "\(printable(file.name)): line \(number + 1)"
      guard number < Self.most else {
        throw ToolFailure(.data, "\(printable(file.name)): more than \(Self.most) lines")
      }
      let json: JSONValue
      do {
        json = try JSONValue(parsing: line)
      } catch {
        throw ToolFailure(.data, "\(place): \(error)")
      }
      do {
        let request = try Request(json: json)
        byID[request.id] = json
      } catch {
        throw ToolFailure(.data, "\(place): no request: \(error)")
      }
      if let path = json["wav_path"]?.string { byFile[Self.name(path)] = json }
    }
  }

  /// The request of a song, by its file, its own name, or that of the request whose candidate it is.
  func request(id: String, group: String?, source: String) -> JSONValue? {
    byFile[Self.name(source)] ?? byID[id] ?? group.flatMap { byID[$0] } ?? candidate(id)
  }

  /// `walk.3` is a candidate of `walk`.
  private func candidate(_ id: String) -> JSONValue? {
    guard let dot = id.lastIndex(of: "."), !id[dot...].dropFirst().isEmpty,
      id[dot...].dropFirst().allSatisfy(\.isNumber)
    else { return nil }
    return byID[String(id[..<dot])]
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

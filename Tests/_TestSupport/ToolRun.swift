public import Foundation

/// One run of a tool that was just built.
public struct ToolRun {
  public let code: Int32
  public let output: [UInt8]
  public let errors: String

  /// The folder of the tools.
  public static func products() throws -> URL {
    let itself = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: itself).deletingLastPathComponent()
  }

  /// Runs `tool` in `scratch` to its end, with `input` on its standard input.
  public init(
    _ tool: String, _ arguments: [String], input: [UInt8] = [], in scratch: Scratch
  ) throws {
    let process = Process()
    process.executableURL = try Self.products().appending(path: tool)
    process.arguments = arguments
    process.currentDirectoryURL = scratch.url
    let side = try Scratch()
    try side.write(input, to: "in")
    try side.write([], to: "out")
    try side.write([], to: "err")
    let handles = try (
      FileHandle(forReadingFrom: side.url.appending(path: "in")),
      FileHandle(forWritingTo: side.url.appending(path: "out")),
      FileHandle(forWritingTo: side.url.appending(path: "err"))
    )
    process.standardInput = handles.0
    process.standardOutput = handles.1
    process.standardError = handles.2
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus
    output = try side.bytes("out")
    errors = String(decoding: try side.bytes("err"), as: UTF8.self)
  }

  /// Standard output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }
}

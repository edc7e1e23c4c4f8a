internal import CYAML
import Diagnostics

/// YAML text to a ``ConfigValue``, event by event from libyaml, within limits.
///
/// Aliases are refused (a few lines of them describe a tree without end), and so are tags but `!!str`.
struct ConfigYAML: ~Copyable {
  static let bytes = 1 << 20
  static let nodes = 100_000
  static let depth = 32

  private let file: String
  private var parser = yaml_parser_t()
  private var budget = nodes

  /// The value that one document of YAML describes; an empty document is an empty table.
  ///
  /// - Throws: `configuration` with file and line when the text is not YAML or exceeds a limit.
  static func parse(_ text: String, file: String) throws(WeightsFailure) -> ConfigValue {
    guard text.utf8.count <= bytes else {
      throw .configuration(file, "is larger than \(bytes) bytes")
    }
    let utf8 = Array(text.utf8)
    return try utf8.withUnsafeBufferPointer { (input) throws(WeightsFailure) in
      var reader = try ConfigYAML(input, file: file)
      return try reader.document()
    }
  }

  private init(_ input: UnsafeBufferPointer<UInt8>, file: String) throws(WeightsFailure) {
    self.file = file
    guard yaml_parser_initialize(&parser) == 1 else {
      throw WeightsFailure(.configuration, "\(printable(file)): no memory to read it")
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
  }

  deinit {
    var parser = parser
    yaml_parser_delete(&parser)
  }

  private func refused(_ line: Int, _ what: String) -> WeightsFailure {
    .configuration(file, "line \(line): \(what)")
  }

  /// The next event, copied out of libyaml's memory.
  private mutating func next() throws(WeightsFailure) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      let problem = parser.problem.map { printable(String(cString: $0)) } ?? "not YAML"
      throw .configuration(
        file, "is not valid YAML: line \(parser.problem_mark.line + 1): \(problem)")
    }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }

  private mutating func document() throws(WeightsFailure) -> ConfigValue {
    var root: ConfigValue?
    while true {
      let event = try next()
      switch event.content {
      case .boundary: continue
      case .end: return root ?? .table([:])
      default:
        guard root == nil else { throw refused(event.line, "a second YAML document begins") }
        root = try value(event, 0)
      }
    }
  }

  private mutating func value(
    _ event: YAMLEvent, _ level: Int
  ) throws(WeightsFailure) -> ConfigValue {
    budget -= 1
    guard budget > 0, level <= Self.depth else {
      throw refused(event.line, "is nested too deeply or has too many entries")
    }
    guard event.tag == nil || event.tag == YAMLEvent.textTag else {
      throw refused(event.line, "YAML tags ('!name') are not taken")
    }
    switch event.content {
    case .scalar(let text, let plain):
      return plain && event.tag == nil ? PlainScalar.value(text) : .string(text)
    case .list:
      var list: [ConfigValue] = []
      while true {
        let item = try next()
        if case .close = item.content { return .list(list) }
        list.append(try value(item, level + 1))
      }
    case .table:
      var table: [String: ConfigValue] = [:]
      while true {
        let key = try next()
        if case .close = key.content { return .table(table) }
        guard case .scalar(let name, _) = key.content else {
          throw refused(key.line, "a key is not text, or is nested too deeply")
        }
        guard table[name] == nil else {
          throw refused(key.line, "key '\(printable(name))' comes twice")
        }
        table[name] = try value(next(), level + 1)
      }
    case .alias: throw refused(event.line, "YAML aliases ('*name') are not taken")
    case .boundary, .close, .end: throw refused(event.line, "the YAML ends too early")
    }
  }
}

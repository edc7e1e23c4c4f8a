import CYAML

/// One event of libyaml's parser (`yaml_event_t`), as values of our own.
struct YAMLEvent {
  enum Content {
    /// Text, and whether it stands without quotes.
    case scalar(String, plain: Bool)
    case list
    case table
    /// The end of a list or a table.
    case close
    case alias
    /// The start of the stream, the start or the end of a document.
    case boundary
    /// The end of the stream.
    case end
  }

  /// What `!!str` stands for.
  static let textTag = "tag:yaml.org,2002:str"

  var content: Content
  var tag: String?
  /// Line in the file, from 1.
  var line: Int

  init(_ event: yaml_event_t) {
    line = event.start_mark.line + 1
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      content = .scalar(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      tag = Self.text(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      content = .list
      tag = Self.text(event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      content = .table
      tag = Self.text(event.data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: content = .close
    case YAML_ALIAS_EVENT: content = .alias
    case YAML_STREAM_END_EVENT: content = .end
    default: content = .boundary
    }
  }

  private static func text(_ tag: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    tag.map { String(cString: $0) }
  }
}

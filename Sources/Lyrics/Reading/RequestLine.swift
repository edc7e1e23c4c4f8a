import Diagnostics
import SongStream

/// Reads one line of JSON in the form of the reference.
enum RequestLine {
  private static let keys = [
    "idx", "gt_lyric", "descriptions", "prompt_audio_path", "auto_prompt_audio_type",
    Request.typeKey, Request.sectionsKey,
  ]
  private static let otherNames = [
    "id": "idx", "name": "idx", "lyrics": "gt_lyric", "lyric": "gt_lyric", "text": "gt_lyric",
    "description": "descriptions", "style": "descriptions", "tags": "descriptions",
    "prompt": "prompt_audio_path", "audio": "prompt_audio_path", "type": Request.typeKey,
  ]

  /// Reads `bytes`, line `number` of its file; what cannot be read becomes a finding.
  static func read(_ bytes: [UInt8], number: Int) -> RequestDraft {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = number == 1 && bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    let start = Place(line: number, column: 1)
    var draft = RequestDraft(place: start)
    guard bytes.count <= LyricsLimits.requestBytes else {
      draft.findings = [
        .error(
          .size, start,
          "the request has over \(LyricsLimits.requestBytes) bytes, which is the limit")
      ]
      return draft
    }
    let text: String
    switch UTF8Check.text(bytes) {
    case .success(let valid): text = valid
    case .failure(let broken):
      let place = Place(line: number, column: broken.before.count + 1)
      draft.findings = [.error(.encoding, place, "not UTF-8; save the file as UTF-8")]
      return draft
    }
    var limits = JSONLimits()
    limits.bytes = LyricsLimits.requestBytes
    limits.nesting = LyricsLimits.nesting
    do {
      let value = try JSONValue(parsing: bytes, limits: limits)
      guard let members = value.object else {
        draft.findings = [
          .error(.json, start, "a request is a JSON object like {\"idx\":…,\"gt_lyric\":…}")
        ]
        return draft
      }
      take(members, JSONFields(text, line: number), into: &draft)
    } catch {
      draft.findings = [finding(error, bytes, number)]
    }
    return draft
  }

  private static func finding(_ failure: JSONFailure, _ bytes: [UInt8], _ number: Int) -> Finding {
    let before = String(decoding: bytes.prefix(failure.offset), as: UTF8.self)
    let place = Place(line: number, column: before.unicodeScalars.count + 1)
    let what =
      switch failure.reason {
      case .unexpectedEnd:
        "the line ends inside a JSON value; a request is one line (jq -c makes it one)"
      case .expected(let what): "not JSON: expected \(what)"
      case .duplicateKey(let key): "key '\(printable(key, limit: 40))' is given twice"
      case .tooDeep(let limit): "JSON is nested deeper than \(limit)"
      case .controlCharacter: "a control character in a JSON string; write it as an escape"
      case .invalidEscape: "an escape that JSON does not have"
      case .loneSurrogate: "half of a surrogate pair"
      case .invalidNumber: "a number that is malformed or out of range"
      case .invalidUTF8, .tooLong: "not JSON"
      }
    return .error(.json, place, what)
  }

  private static func take(
    _ members: [String: JSONValue], _ fields: JSONFields, into draft: inout RequestDraft
  ) {
    for field in fields.fields {
      guard let value = members[field.key] else { continue }
      draft.keys.insert(field.key)
      switch field.key {
      case "idx":
        draft.id = value.string ?? value.integer.map { String($0) }
        draft.idPlace = field.valuePlace
        if draft.id == nil { draft.findings.append(wrongType(field, "a string")) }
      case "gt_lyric":
        draft.lyrics = field.text
        draft.lyricsPlace = field.valuePlace
        if field.text == nil { draft.findings.append(wrongType(field, "a string")) }
      case "descriptions":
        draft.description = field.text
        draft.descriptionPlace = field.valuePlace
        if field.text == nil, value != .null { draft.findings.append(wrongType(field, "a string")) }
      case "prompt_audio_path":
        draft.promptAudioPath = value.string
        if value != .null { draft.findings += promptPath(field, value) }
      case "auto_prompt_audio_type":
        draft.autoPromptType = value.string
        if value != .null { draft.findings += promptType(field, value) }
      case Request.typeKey:
        draft.generation = value.string.flatMap(GenerationType.init(rawValue:))
        if draft.generation == nil {
          draft.findings.append(wrongType(field, "one of mixed, vocal, separate, bgm"))
        }
      case Request.sectionsKey:
        break
      default:
        draft.unknown[field.key] = value
        draft.findings.append(unknown(field))
      }
    }
    let prompts = [fields["prompt_audio_path"], fields["auto_prompt_audio_type"]].compactMap(\.self)
      .filter { members[$0.key] != .null }
    if prompts.count == 2, let place = prompts.map(\.keyPlace).max() {
      draft.findings.append(
        .error(
          .field, place,
          "'prompt_audio_path' and 'auto_prompt_audio_type' exclude each other; remove one"))
    }
  }

  private static func wrongType(_ field: JSONFields.Field, _ what: String) -> Finding {
    .error(.field, field.valuePlace, "'\(field.key)' is not \(what)")
  }

  private static func promptPath(_ field: JSONFields.Field, _ value: JSONValue) -> [Finding] {
    guard let path = value.string else { return [wrongType(field, "a string")] }
    guard !path.isEmpty else {
      return [.error(.field, field.valuePlace, "'prompt_audio_path' is empty; remove it")]
    }
    return [
      .warning(
        .field, field.valuePlace,
        "the recording is not opened; give its tokens to the song with 'sg-lm --prompt'")
    ]
  }

  private static func promptType(_ field: JSONFields.Field, _ value: JSONValue) -> [Finding] {
    guard let type = value.string else { return [wrongType(field, "a string")] }
    guard !Request.autoPromptTypes.contains(type) else { return [] }
    let near = Request.autoPromptTypes.map {
      ($0, editDistance($0.lowercased(), type.lowercased()))
    }
    .min { $0.1 < $1.1 }
    let hint = near.flatMap { $0.1 <= 2 ? "; did you mean '\($0.0)'?" : nil }
    let list = "; use " + Request.autoPromptTypes.joined(separator: ", ")
    return [
      .error(
        .field, field.valuePlace,
        "prompt type '\(printable(type, limit: 40))' is not known\(hint ?? list)")
    ]
  }

  private static func unknown(_ field: JSONFields.Field) -> Finding {
    let key = field.key
    let near = keys.first { editDistance($0, key.lowercased()) <= 2 }
    let hint = (otherNames[key.lowercased()] ?? near).map { "; did you mean '\($0)'?" } ?? ""
    return .warning(
      .field, field.keyPlace,
      "key '\(printable(key, limit: 40))' is not known: passed on, not used\(hint)")
  }
}

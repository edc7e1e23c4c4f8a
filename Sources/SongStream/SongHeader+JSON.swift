extension SongHeader {
  /// The header as the JSON object of an `H` record.
  public var json: JSONValue {
    var object = extra
    object["sgs"] = 1
    object["kind"] = .string(kind.rawValue)
    object["id"] = .string(id)
    object["seed"] = seed.map { JSONValue($0) }
    object["request"] = request
    object["max_skew"] = maxSkew.map { .integer(Int64($0)) }
    object["tracks"] = .array(tracks.map(\.json))
    object["models"] = .array(models.map(\.json))
    object["history"] = .array(history.map(\.json))
    return .object(object)
  }

  /// The header that the JSON of an `H` record spells, checked against `limits`.
  public init(
    json: JSONValue, limits: StreamLimits = StreamLimits()
  ) throws(StreamFailure.Reason) {
    var keys = try HeaderKeys(json, "the header")
    guard try keys.required("sgs").integer == 1 else {
      throw .header("'sgs' is not 1: the song needs a newer version of this program")
    }
    let kindName = try keys.text("kind")
    guard let kind = SongKind(rawValue: kindName) else {
      throw .header("'kind' is none of request, tokens, pcm, latents")
    }
    self.kind = kind
    id = try keys.text("id")
    seed = try keys.take("seed").map { (value) throws(StreamFailure.Reason) in
      guard let seed = value.unsigned else {
        throw .header("'seed' is not an integer from 0 up to 2^64 - 1")
      }
      return seed
    }
    request = keys.take("request")
    maxSkew = try keys.integer("max_skew")
    tracks = try keys.list("tracks", Track.init)
    models = try keys.list("models", ModelReference.init)
    history = try keys.list("history", HistoryEntry.init)
    extra = keys.rest
    try check(limits)
  }
}

extension Track {
  var json: JSONValue {
    var object = extra
    object["name"] = .string(name)
    object["type"] = .string(type.rawValue)
    object["shape"] = .array(shape.map { .integer(Int64($0)) })
    object["rate"] = [.integer(Int64(rate.numerator)), .integer(Int64(rate.denominator))]
    object["vocab"] = vocab.map { .integer(Int64($0)) }
    return .object(object)
  }

  init(json: JSONValue) throws(StreamFailure.Reason) {
    var keys = try HeaderKeys(json, "a track")
    name = try keys.text("name")
    guard let type = ElementType(rawValue: try keys.text("type")) else {
      throw .header("'type' of a track is none of u16, u32, f16, f32")
    }
    self.type = type
    shape = try keys.integers("shape")
    let rate = try keys.integers("rate")
    guard rate.count == 2 else { throw .header("'rate' of a track is not [num, den]") }
    self.rate = FrameRate(rate[0], rate[1])
    vocab = try keys.integer("vocab")
    extra = keys.rest
  }
}

extension ModelReference {
  var json: JSONValue {
    var object = extra
    object["role"] = .string(role)
    object["name"] = .string(name)
    object["sha256"] = .string(sha256)
    return .object(object)
  }

  init(json: JSONValue) throws(StreamFailure.Reason) {
    var keys = try HeaderKeys(json, "a model")
    role = try keys.text("role")
    name = try keys.text("name")
    sha256 = try keys.text("sha256")
    extra = keys.rest
  }
}

extension HistoryEntry {
  var json: JSONValue {
    var object = extra
    object["tool"] = .string(tool)
    object["version"] = .string(version)
    object["options"] = .object(options)
    return .object(object)
  }

  init(json: JSONValue) throws(StreamFailure.Reason) {
    var keys = try HeaderKeys(json, "a history entry")
    tool = try keys.text("tool")
    version = try keys.text("version")
    guard let options = try keys.required("options").object else {
      throw .header("'options' of a history entry is not an object")
    }
    self.options = options
    extra = keys.rest
  }
}

/// The payload of an `E` record.
struct SongEnding {
  var frames: [String: JSONValue]
  var stop: StopReason

  init(frames: [String: UInt64], stop: StopReason) {
    self.frames = frames.mapValues { JSONValue($0) }
    self.stop = stop
  }

  init(json: JSONValue) throws(StreamFailure.Reason) {
    guard let frames = json["frames"]?.object else {
      throw .ending("the end of the song has no 'frames' object")
    }
    guard let stop = json["stop"]?.string.flatMap(StopReason.init) else {
      throw .ending("'stop' is none of eos, max, end")
    }
    self.frames = frames
    self.stop = stop
  }

  var json: JSONValue { ["frames": .object(frames), "stop": .string(stop.rawValue)] }

  /// Refuses totals that are not those of the frames seen.
  func check(_ totals: [String: UInt64]) throws(StreamFailure.Reason) {
    for (track, seen) in totals.sorted(by: { $0.key < $1.key }) {
      guard let counted = frames[track]?.unsigned else {
        throw .ending("the end of the song has no frame count of track '\(track)'")
      }
      guard counted == seen else { throw .frameTotal(track: track, counted: counted, seen: seen) }
    }
    guard frames.count == totals.count else {
      throw .ending("the end of the song counts frames of tracks that it does not have")
    }
  }
}

extension SongAbort {
  var json: JSONValue {
    ["tool": .string(tool), "code": .integer(Int64(code)), "message": .string(message)]
  }

  init(json: JSONValue, limits: StreamLimits) throws(StreamFailure.Reason) {
    guard let tool = json["tool"]?.string else {
      throw .ending("a failed song does not say which tool failed")
    }
    guard let code = json["code"]?.integer, (1...255).contains(code) else {
      throw .ending("'code' of a failed song is not in 1...255")
    }
    guard let message = json["message"]?.string else {
      throw .ending("a failed song does not say why")
    }
    self.init(tool: tool, code: Int(code), message: message)
    try check(limits)
  }

  func check(_ limits: StreamLimits) throws(StreamFailure.Reason) {
    try checkName(tool, "'tool' of a failed song", limits)
  }
}

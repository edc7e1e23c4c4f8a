import Diagnostics

extension SongHeader {
  /// The largest `max_skew` that a song of this kind may have, in frames.
  func skewLimit(_ limits: StreamLimits) -> Int {
    kind == .pcm ? limits.pcmSkew : limits.tokenSkew
  }

  /// Refuses what sg-stream(5) does not allow in a header.
  func check(_ limits: StreamLimits) throws(StreamFailure.Reason) {
    try checkText(id, "'id'", limits)
    if let maxSkew, !(0...skewLimit(limits)).contains(maxSkew) {
      throw .header("'max_skew' is not in 0...\(skewLimit(limits))")
    }
    guard tracks.count <= limits.tracks else { throw .header("more than \(limits.tracks) tracks") }
    guard models.count <= limits.models else { throw .header("more than \(limits.models) models") }
    guard history.count <= limits.history else {
      throw .header("more than \(limits.history) history entries")
    }
    var names: Set<String> = []
    for track in tracks {
      try track.check(limits)
      guard names.insert(track.name).inserted else {
        throw .header("two tracks are called '\(track.name)'")
      }
    }
    for model in models {
      try checkName(model.role, "'role' of a model", limits)
      try checkText(model.name, "'name' of a model", limits)
      guard model.sha256.utf8.count == 64, model.sha256.utf8.allSatisfy(isHexDigit) else {
        throw .header("'sha256' of a model is not 64 lower-case hexadecimal digits")
      }
    }
    for entry in history {
      try checkName(entry.tool, "'tool' of a history entry", limits)
      try checkText(entry.version, "'version' of a history entry", limits)
    }
  }
}

extension Track {
  fileprivate func check(_ limits: StreamLimits) throws(StreamFailure.Reason) {
    try checkName(name, "'name' of a track", limits)
    guard (1...limits.dimensions).contains(shape.count) else {
      throw .header("'shape' of track '\(name)' has not 1...\(limits.dimensions) dimensions")
    }
    var product = 1
    for dimension in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      guard dimension >= 1, !overflow, next <= limits.elements else {
        throw .header("'shape' of track '\(name)' has not 1...\(limits.elements) elements")
      }
      product = next
    }
    let terms = 1...limits.rateTerm
    guard terms.contains(rate.numerator), terms.contains(rate.denominator) else {
      throw .header("'rate' of track '\(name)' is not a ratio of 1...\(limits.rateTerm)")
    }
    guard let vocab else { return }
    guard !type.isFloat else { throw .header("track '\(name)' has a 'vocab' but no integers") }
    let largest = type == .u16 ? 1 << 16 : 1 << 32
    guard (1...largest).contains(vocab) else {
      throw .header("'vocab' of track '\(name)' is not in 1...\(largest)")
    }
  }
}

/// Refuses a name that is not `[a-z0-9._-]{1,32}`.
func checkName(
  _ name: String, _ what: String, _ limits: StreamLimits
) throws(StreamFailure.Reason) {
  let allowed = name.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
  guard allowed, (1...limits.name).contains(name.utf8.count) else {
    throw .header("\(what) is not 1...\(limits.name) of a-z 0-9 . _ -")
  }
}

/// Refuses text that is empty, long, or not printable.
private func checkText(
  _ text: String, _ what: String, _ limits: StreamLimits
) throws(StreamFailure.Reason) {
  guard (1...limits.id).contains(text.utf8.count), printable(text, limit: limits.id) == text else {
    throw .header("\(what) is not 1...\(limits.id) bytes of printable text")
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
  default: false
  }
}

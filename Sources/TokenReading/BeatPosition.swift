/// Where in the beats of a song a frame lies, as far as styles are told apart by it: on the first
/// frame of an even or an odd beat, in the middle of a beat, or elsewhere.
enum BeatPosition {
  static let count = 4

  /// The position of a frame of a song that begins with a beat; without one every frame is elsewhere.
  static func of(_ frame: Int, beat: Int?) -> Int {
    guard let beat, beat > 0 else { return 3 }
    switch frame % beat {
    case 0: return frame / beat % 2
    case beat / 2: return 2
    default: return 3
    }
  }
}

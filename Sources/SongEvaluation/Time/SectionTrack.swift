/// Where sections begin that are known frame by frame.
public enum SectionTrack {
  /// The borders in labels that change from section to section: neither the begin nor the end.
  ///
  /// - Parameters:
  ///   - labels: A number for each frame; 0 is none.
  ///   - rate: Frames per second.
  public static func borders(_ labels: [UInt32], rate: Double) -> [Double] {
    var result: [Double] = []
    var last: UInt32?
    for (frame, label) in labels.enumerated() where label > 0 {
      if let last, last != label { result.append(Double(frame) / rate) }
      last = label
    }
    return result
  }

  /// The borders in text of lines `START [END] LABEL`, in seconds, as annotations are exchanged.
  ///
  /// - Returns: All begins but the first, in order; nil if a line does not begin with a time, or there
  ///   are more than 10 000.
  public static func borders(text: String) -> [Double]? {
    var starts: [Double] = []
    for line in text.split(whereSeparator: \.isNewline) {
      guard let word = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).first else {
        continue
      }
      guard let start = Double(word), start.isFinite, start >= 0, starts.count < 10_000 else {
        return nil
      }
      starts.append(start)
    }
    return Array(starts.sorted().dropFirst())
  }
}

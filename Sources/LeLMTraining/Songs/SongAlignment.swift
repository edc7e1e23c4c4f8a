/// Where in the lyrics a song is, frame by frame: what the attention hint teaches.
///
/// Positions are those of the lyrics ids, `<|im_start|>` being 0.
struct SongAlignment: Sendable {
  /// For each column c of the mixed row (which has read frames 0…c-1): the phone that is sung next, or
  /// the place behind the last id when all are sung.
  let next: [Int32]
  /// The phone of the frame that was read last, or -1.
  let current: [Int32]
  /// The label of the section that the frame to come lies in, or -1.
  let section: [Int32]

  /// - Parameters:
  ///   - phones: positions of the phones among the ids, in order.
  ///   - sectionLabels: positions of the section labels.
  ///   - idCount: ids of the lyrics.
  init(labels: FrameLabels, phones: [Int], sectionLabels: [Int], idCount: Int) {
    let frames = labels.ordinals.count
    var next = [Int32](repeating: -1, count: frames + 1)
    var current = next
    var section = next
    var sung = 0
    func place(_ list: [Int], _ index: Int) -> Int32 {
      index < list.count ? Int32(list[index]) : Int32(idCount)
    }
    for column in 0...frames {
      if column > 0 {
        let ordinal = Int(labels.ordinals[column - 1])
        if ordinal > 0, ordinal <= phones.count {
          sung = ordinal
          current[column] = Int32(phones[ordinal - 1])
        }
      }
      next[column] = place(phones, sung)
      if column < frames, column < labels.sections.count {
        let number = Int(labels.sections[column])
        if number > 0, number <= sectionLabels.count {
          section[column] = Int32(sectionLabels[number - 1])
        }
      } else {
        section[column] = Int32(idCount)
      }
    }
    self.next = next
    self.current = current
    self.section = section
  }
}

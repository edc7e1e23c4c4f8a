/// A ``CodeTable`` code by code, with the states that a code hardly went with left out.
struct SparseTable {
  /// Frames that have the code, [codes].
  let totals: [Float]
  /// States of each code, [codes].
  let entries: [UInt8]
  /// The states, code by code, and their shares of the frames in 255ths.
  let states: [UInt8]
  let shares: [UInt8]

  init(totals: [Float], entries: [UInt8], states: [UInt8], shares: [UInt8]) {
    self.totals = totals
    self.entries = entries
    self.states = states
    self.shares = shares
  }

  /// - Parameter table: at most 255 states.
  init(_ table: CodeTable) {
    var (totals, entries): ([Float], [UInt8]) = ([], [])
    var (states, shares): ([UInt8], [UInt8]) = ([], [])
    for code in 0..<table.codes {
      let code = UInt16(code)
      let total = table.total(code: code)
      var count: UInt8 = 0
      for state in 0..<min(255, table.states) where total > 0 {
        let share = UInt8((table[state, code] / total * 255).rounded())
        guard share > 0 else { continue }
        states.append(UInt8(state))
        shares.append(share)
        count += 1
      }
      totals.append(total)
      entries.append(count)
    }
    self.init(totals: totals, entries: entries, states: states, shares: shares)
  }

  /// The table; nil if it is none of that many states.
  func table(states count: Int) -> CodeTable? {
    let codes = totals.count
    guard entries.count == codes, states.count == shares.count,
      entries.reduce(0, { $0 + Int($1) }) == states.count,
      states.allSatisfy({ Int($0) < count })
    else { return nil }
    var table = CodeTable(states: count, codes: codes)
    var first = 0
    for code in 0..<codes {
      let range = first..<first + Int(entries[code])
      let sum = shares[range].reduce(0) { $0 + Float($1) }
      for index in range where sum > 0 {
        table.add(
          state: Int(states[index]), code: UInt16(code),
          totals[code] * Float(shares[index]) / sum)
      }
      first = range.upperBound
    }
    return table
  }
}

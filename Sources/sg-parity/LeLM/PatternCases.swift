import LeLM
import Weights

private struct PatternCase: Decodable {
  var key: String
  var timesteps: Int
  var delays: [Int]
  var special: Int32
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var cut_len: Int
}

/// `pattern.*`: interleaving and reverting of the delay pattern.
func patternCases(_ files: CaseFiles, _ report: ParityReport) throws {
  let tensors = try files.tensors("pattern.safetensors")
  for item in try files.decode([PatternCase].self, from: "pattern.json") {
    let pattern = DelayPattern(delays: item.delays, frames: item.timesteps)
    let count = item.timesteps
    let tokens = item.delays.indices.map { row in
      (0..<count).map { Int32(row * count + $0) }
    }
    let sequence = pattern.interleave(tokens, special: item.special)
    let mask = item.delays.indices.flatMap { row in
      (0..<pattern.columns).map { pattern.frame(codebook: row, column: $0) == nil ? 0 : 1 }
    }
    let reverted = pattern.revert(sequence.map { Array($0.prefix(item.cut_len)) }, missing: -1)
    for (what, ours) in [
      ("sequence", sequence.joined().map(Int.init)), ("mask", mask),
      ("cut_revert", reverted.joined().map(Int.init)),
    ] {
      report(
        ParityCase(
          name: "\(files.name)/pattern \(item.key).\(what)",
          difference: Comparison.mismatches(ours, try tensors.integers("\(item.key).\(what)")),
          tolerance: 0))
    }
  }
}

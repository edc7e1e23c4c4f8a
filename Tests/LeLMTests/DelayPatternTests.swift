import LeLM
import Testing

struct DelayPatternTests {
  @Test(arguments: [[0, 250, 250], [0, 1, 1], [0, 1, 3], [0, 0, 0]], [1, 2, 40, 300])
  func revertUndoesInterleave(delays: [Int], frames: Int) {
    let pattern = DelayPattern(delays: delays, frames: frames)
    let tokens = (0..<3).map { row in (0..<frames).map { Int32(row * frames + $0) } }
    let sequence = pattern.interleave(tokens, special: -7)
    #expect(sequence.allSatisfy { $0.count == pattern.columns && $0[0] == -7 })
    #expect(pattern.revert(sequence, missing: -1) == tokens)
    let cut = sequence.map { Array($0.prefix(frames / 2 + 1)) }
    let kept = pattern.revert(cut, missing: -1)
    #expect(kept[0].prefix(frames / 2) == tokens[0].prefix(frames / 2))
    #expect(kept.joined().allSatisfy { $0 >= -1 })
  }
}

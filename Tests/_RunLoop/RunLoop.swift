import Diagnostics
import Glibc
import Neural
import SongStream
import TrainingRun

/// A run of which the tests know every bit: `run-loop FOLDER STEPS MICROSECONDS-PER-STEP`.
@main
enum RunLoop {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let steps = Int(arguments[2]), let pause = UInt32(arguments[3])
    else { exit(64) }
    do throws(RunFailure) {
      try run(arguments[1], steps: steps, pause: pause)
    } catch {
      let text = Array("run-loop: \(error)\n".utf8)
      write(STDERR_FILENO, text, text.count)
      exit(error.status.rawValue)
    }
  }

  private static func run(_ path: String, steps: Int, pause: UInt32) throws(RunFailure) {
    let tensors = [
      NamedTensor("large", shape: [300, 1000], FloatBuffer(count: 300_000)),
      NamedTensor("small", shape: [3], FloatBuffer([0.5, -1, 2])),
    ]
    let run = try RunFolder(path, settings: ["rate": 0.001], keeping: 2, opening: .either)
    let checkpoint = try run.resume().checkpoint
    try checkpoint?.restore(tensors)
    var counter = checkpoint?.state["counter"]?.unsigned ?? 1
    let log = try run.log()
    StopRequest.listen()
    for step in run.step..<max(run.step, steps) {
      for tensor in tensors {
        for index in 0..<tensor.numbers.count {
          counter = counter &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let draw = Float(counter >> 40) / 16_777_216 - 0.5
          tensor.numbers[index] = tensor.numbers[index] * 0.9 + draw
        }
      }
      // In pieces: a signal ends a sleep.
      for _ in 0..<pause / 1000 { usleep(1000) }
      try log.append(
        RunLogEntry(step: step + 1, losses: ["loss": Double(tensors[1].numbers[0])]))
      try run.save(step: step + 1, state: ["counter": JSONValue(counter)], tensors: tensors)
      if StopRequest.isMade { StopRequest.leave() }
    }
  }
}

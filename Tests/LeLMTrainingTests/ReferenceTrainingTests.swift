import FoundationEssentials
import Gradients
import LeLM
import LeLMTraining
import Neural
import TestSupport
import Testing
import Weights

/// Gradients and ten steps of Adam of a small LeLM against PyTorch (Tests/Fixtures/training/make.py).
@Suite struct ReferenceTrainingTests {
  private let file: TensorFile
  private let config: LeLMConfig

  init() throws {
    file = try TensorFile(path: Fixtures.url("training/training.safetensors").path)
    let shape = { (layers: Int) in
      TransformerShape(width: 16, feedForward: 24, heads: 2, layers: layers, ropeTheta: 10000)
    }
    config = LeLMConfig(
      codeSize: 20, delays: [0, 1, 1], frameRate: 25, maxDuration: 1, lyricsLength: 6,
      styleLength: 3, promptLength: 4, guidance: 1.5, main: shape(2), sub: shape(1))
  }

  private func model() throws -> TrainableModel {
    try TrainableModel(config, lyricsRows: 11, structureRows: 5, styleRows: 7) { name, shape in
      try file.floats("value." + name, shape: shape)
    }
  }

  private func songs() throws -> [SongSequence] {
    try (0..<2).map { index in
      func row(_ name: String) throws -> [Int32] {
        try file.integers("song.\(index).\(name)").map(Int32.init)
      }
      func rows(_ name: String) throws -> [[Int32]] {
        let all = try row(name)
        let count = all.count / 3
        return (0..<3).map { Array(all[$0 * count..<($0 + 1) * count]) }
      }
      let (lyrics, structure, style) = (try row("lyrics"), try row("structure"), try row("style"))
      let prompt = try rows("prompt")
      let ids = ConditionIDs(
        lyrics: [lyrics, lyrics], structure: [structure, structure], style: [style, style],
        prompt: [prompt, prompt])
      let song = TrainingSong(
        id: "\(index)", tokens: try rows("tokens").map { $0.map(UInt16.init) }, lyrics: "", tags: []
      )
      return SongSequence(song, ids, config)
    }
  }

  @Test(arguments: Stage.allCases, [1, 2]) func gradientsAndSteps(
    stage: Stage, shares: Int
  ) throws {
    let trainer = Trainer(
      try model(), objective: TokenObjective(stage: stage), adam: Adam.Settings(), shares: shares,
      pool: ThreadPool(threads: 2))
    let course = try file.array("losses.\(stage == .pretrain ? 1 : 2)")
    let names = stage == .pretrain ? ["mixed"] : ["vocal", "accompaniment"]
    let before = try model()
    for step in 0..<10 {
      let report = trainer.step(try songs(), rate: 0.01)
      for (index, name) in names.enumerated() {
        let wanted = Double(course[step * names.count + index])
        let found = try #require(report.losses[name])
        #expect(abs(found - wanted) < 2e-4 * max(1, wanted), "\(name), step \(step)")
      }
      guard step == 0 else { continue }
      var compared = 0
      for parameter in trainer.model.parameters.parameters {
        let name = "gradient." + parameter.name
        guard let gradient = trainer.sums[0].gradient(of: parameter) else { continue }
        let wanted = try file.array(name, shape: parameter.shape)
        let largest = wanted.map(abs).max() ?? 0
        let error = zip(gradient.elements, wanted).map { abs($0 - $1) }.max() ?? 0
        #expect(error < 1e-5 + 1e-4 * largest, "\(parameter.name)")
        compared += 1
      }
      #expect(compared > 20)
    }
    // What the stage does not train is the same to the last bit; the rest has moved.
    for (parameter, old) in zip(trainer.model.parameters.parameters, before.parameters.parameters) {
      let same = withExtendedLifetime((parameter.value, old.value)) {
        parameter.value.elements.elementsEqual(old.value.elements)
      }
      #expect(same == !stage.trains(parameter), "\(parameter.name)")
    }
  }

  /// The threads do not change a bit.
  @Test func threadsDoNotMatter() throws {
    func numbers(_ threads: Int) throws -> [Float] {
      let trainer = Trainer(
        try model(), objective: TokenObjective(stage: .pretrain), adam: Adam.Settings(), shares: 2,
        pool: ThreadPool(threads: threads))
      for _ in 0..<3 { _ = trainer.step(try songs(), rate: 0.01) }
      return trainer.model.parameters.parameters.flatMap { parameter in
        withExtendedLifetime(parameter.value) { Array(parameter.value.elements) }
      }
    }
    #expect(try numbers(1) == numbers(2))
  }

  /// What a song costs in stage 3 is what it costs in stages 1 and 2 together; the gradient of the
  /// preference agrees with differences of its loss.
  @Test func preference() throws {
    let model = try model()
    let songs = try songs()
    var objective = PreferenceObjective()
    objective.beta = 0.05
    let frozen = objective.nats(model, songs, tape: Tape(nil)).totals
    let one = Trainer(
      model, objective: TokenObjective(stage: .pretrain), adam: Adam.Settings(), shares: 1,
      pool: ThreadPool(threads: 1)
    ).step(songs, rate: 0)
    let two = Trainer(
      model, objective: TokenObjective(stage: .extend), adam: Adam.Settings(), shares: 1,
      pool: ThreadPool(threads: 1)
    ).step(songs, rate: 0)
    let all = [one.losses["mixed"], two.losses["vocal"], two.losses["accompaniment"]]
    let wanted = all.reduce(0) { $0 + ($1 ?? 0) } * 16
    #expect(abs(frozen.reduce(0, +) - wanted) < 1e-3 * wanted)

    // From a frozen copy that likes the loser less, so that the margin is not 0.
    let reference = [frozen[0] - 3, frozen[1] + 4]
    let sum = GradientSum(model.parameters)
    let tape = Tape(sum)
    let report = objective.learn(model, songs, reference: reference, tape: tape, scale: 1)
    #expect(abs(report.margin - 0.05 * (-3 - 4)) < 1e-3)
    func loss() -> Double {
      objective.learn(model, songs, reference: reference, tape: Tape(nil), scale: 1).loss
    }
    for name in [
      "emb.0.weight", "transformer.model.layers.0.mlp.up_proj.weight", "linears.1.weight",
    ] {
      let parameter = try #require(model.parameters[name])
      let gradient = try #require(sum.gradient(of: parameter))
      let index = (0..<gradient.count).max { abs(gradient[$0]) < abs(gradient[$1]) } ?? 0
      let old = parameter.value[index]
      parameter.value[index] = old + 0.01
      let high = loss()
      parameter.value[index] = old - 0.01
      let low = loss()
      parameter.value[index] = old
      let difference = Float((high - low) / 0.02)
      #expect(abs(gradient[index] - difference) < 0.02 * abs(difference) + 1e-4, "\(name)")
      #expect(abs(difference) > 1e-3)
    }
  }

  @Test func interpolation() throws {
    let (base, other) = (try model(), try model())
    let parameter = try #require(other.parameters["mlp.0.bias"])
    for i in 0..<parameter.value.count { parameter.value[i] += 2 }
    try base.add([(other, 0.25), (other, 0.5)])
    let merged = try #require(base.parameters["mlp.0.bias"])
    let original = try #require(try model().parameters["mlp.0.bias"])
    for i in 0..<merged.value.count {
      #expect(abs(merged.value[i] - original.value[i] - 1.5) < 1e-5)
    }
  }
}

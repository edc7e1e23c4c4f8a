/// What is learnt from when: kinds of songs by weight, which change as a run goes on.
///
/// Short phrases first: a small model that begins with whole songs does not find the lyrics.
public struct Curriculum: Sendable, Hashable {
  public struct Phase: Sendable, Hashable {
    /// The share of the steps after which it begins.
    public var from: Double
    /// How often each kind is drawn.
    public var weights: [String: Double]
    /// How often a batch has the whole prefix, with all its padding, as generation has.
    public var wholePrefix: Double

    public init(from: Double, weights: [String: Double], wholePrefix: Double) {
      self.from = from
      self.weights = weights
      self.wholePrefix = wholePrefix
    }
  }

  public var phases: [Phase]

  public init(_ phases: [Phase]) { self.phases = phases }

  /// The phase at a share of the steps.
  func phase(at progress: Double) -> Phase? {
    phases.last { $0.from <= progress } ?? phases.first
  }
}

/// Songs by kind, and the batches that are drawn from them.
public struct SongPool: Sendable {
  private let songs: [String: [TrainingSong]]
  private let text: SongText

  /// - Parameter songs: by kind, each with at least one.
  public init(_ songs: [String: [TrainingSong]], text: SongText) {
    self.songs = songs.filter { !$0.value.isEmpty }
    self.text = text
  }

  /// The kinds.
  public var kinds: [String] { songs.keys.sorted() }
  /// All songs.
  public var count: Int { songs.values.reduce(0) { $0 + $1.count } }

  /// The batch of a step: songs of one kind, as many as fit into `rows`.
  func batch(
    _ plan: BatchPlan, step: Int, of steps: Int, model: TrainableModel
  ) -> [SongSequence] {
    var draws = StepDraws(seed: plan.seed, step: step)
    let progress = Double(step) / Double(max(1, steps))
    let phase = plan.curriculum?.phase(at: progress)
    let weights = phase?.weights ?? Dictionary(uniqueKeysWithValues: kinds.map { ($0, 1) })
    let wholePrefix = draws.happens(phase?.wholePrefix ?? 1)
    let usable = kinds.filter { (weights[$0] ?? 0) > 0 }
    var place = draws.uniform() * usable.reduce(0) { $0 + (weights[$1] ?? 0) }
    var kind = usable.last ?? kinds[0]
    for name in usable {
      place -= weights[name] ?? 0
      if place < 0 {
        kind = name
        break
      }
    }
    guard let list = songs[kind] else { return [] }
    var batch: [SongSequence] = []
    var rows = 0
    while batch.count < plan.songs {
      let sequence = SongSequence(
        list[draws.index(list.count)], text, model.config, dropout: plan.dropout,
        wholePrefix: wholePrefix, &draws)
      guard batch.isEmpty || rows + sequence.rows <= plan.rows else { break }
      rows += sequence.rows
      batch.append(sequence)
    }
    return batch
  }
}

/// How batches are made.
public struct BatchPlan: Sendable, Hashable {
  /// Seed of all draws.
  public var seed: UInt64 = 1
  /// Rows that the transformers read in a step, at most (one song may be longer).
  public var rows = 8192
  /// Songs of a batch, at most.
  public var songs = 256
  public var dropout = ConditionDropout()
  /// nil: all kinds alike, with whole prefixes.
  public var curriculum: Curriculum?

  public init() {}
}

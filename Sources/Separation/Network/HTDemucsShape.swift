import Diagnostics
public import Weights

/// The sizes of a Hybrid Transformer Demucs (Rouard, Massa and Défossez, arXiv 2211.08553), read from
/// the shapes of its tensors.
public struct HTDemucsShape: Sendable, Hashable {
  /// Channels after each layer of the encoders, outermost first: 48, 96, 192, 384.
  public var widths: [Int]
  /// Channels inside the residual branches of each layer: 6, 12, 24, 48.
  public var hidden: [Int]
  /// Residual branches of a layer, with dilations 1, 2, …
  public var branches: Int
  /// Samples of a spectrogram frame; hops are a quarter of it.
  public var fft: Int
  /// Width, layers and feed-forward width of the transformer between encoders and decoders.
  public var bottom: Int
  public var layers: Int
  public var inner: Int
  /// Attention heads; no tensor shows them.
  public var heads: Int
  /// Sample frames that go through at once; no tensor shows them.
  public var segment: Int
  /// What the song is taken apart into, in the order of the output channels.
  public var stems: [String]

  /// Kernel and stride of the outer convolutions, in bins or samples.
  static let kernel = 8
  static let stride = 4
  /// The rate that the network is for, in Hz.
  public static let sampleRate = 44100

  /// What no tensor shows. The official network needs nothing of it.
  public struct Settings: Sendable, Hashable {
    /// Attention heads; 8 for the official width of 512.
    public var heads: Int?
    /// Sample frames of a segment; 7.8 s.
    public var segment: Int?
    /// Names of the stems.
    public var stems: [String]?

    public init(heads: Int? = nil, segment: Int? = nil, stems: [String]? = nil) {
      self.heads = heads
      self.segment = segment
      self.stems = stems
    }
  }

  /// The official network.
  package static let official = HTDemucsShape(
    widths: [48, 96, 192, 384], hidden: [6, 12, 24, 48], branches: 2, fft: 4096, bottom: 512,
    layers: 5, inner: 2048, heads: 8, segment: 343_980, stems: ["drums", "bass", "other", "vocal"])

  private init(
    widths: [Int], hidden: [Int], branches: Int, fft: Int, bottom: Int, layers: Int, inner: Int,
    heads: Int, segment: Int, stems: [String]
  ) {
    self.widths = widths
    self.hidden = hidden
    self.branches = branches
    self.fft = fft
    self.bottom = bottom
    self.layers = layers
    self.inner = inner
    self.heads = heads
    self.segment = segment
    self.stems = stems
  }

  /// Reads the sizes and sees to it that every tensor is there and has the right shape.
  ///
  /// - Throws: `data` with the names of tensors that are missing or misshapen; `configuration` when the
  ///   settings do not fit, or when one is needed.
  public init(_ source: any TensorSource, _ settings: Settings = Settings()) throws(WeightsFailure)
  {
    let title = printable(source.title)
    func size(_ name: String, _ axis: Int) throws(WeightsFailure) -> Int {
      guard let shape = source.shape(of: name), axis < shape.count, shape[axis] > 0,
        shape[axis] <= 1 << 16
      else { throw WeightsFailure(.data, "\(title): lacks tensor '\(name)', or it is empty") }
      return shape[axis]
    }
    // A layer that lacks something counts, so that its tensors are asked for.
    func count(_ part: (Int) -> [String]) -> Int {
      1 + ((0..<64).last { part($0).contains { source.shape(of: $0) != nil } } ?? -1)
    }
    let depth = count { ["encoder.\($0).conv.weight", "tencoder.\($0).conv.weight"] }
    guard depth > 0, depth <= 8 else {
      throw WeightsFailure(.data, "\(title): lacks tensor 'encoder.0.conv.weight'")
    }
    var (widths, hidden): ([Int], [Int]) = ([], [])
    for layer in 0..<depth {
      widths.append(try size("encoder.\(layer).conv.weight", 0))
      hidden.append(try size("encoder.\(layer).dconv.layers.0.0.weight", 0))
    }
    self.widths = widths
    self.hidden = hidden
    branches = count { branch in
      ["0.weight", "1.weight", "3.weight", "4.weight", "6.scale"]
        .map { "encoder.0.dconv.layers.\(branch).\($0)" }
    }
    fft = try size("freq_emb.embedding.weight", 0) * 2 * Self.stride
    bottom = try size("channel_upsampler.weight", 0)
    layers = count {
      [
        "crosstransformer.layers.\($0).norm1.weight",
        "crosstransformer.layers_t.\($0).norm1.weight",
      ]
    }
    inner = try size("crosstransformer.layers.0.linear1.weight", 0)
    let outputs = try size("tdecoder.\(depth - 1).conv_tr.weight", 1)
    let names = settings.stems ?? Self.official.stems
    guard names.count * 2 == outputs, Set(names).count == names.count else {
      throw WeightsFailure(
        .configuration,
        "\(title): a network with \(outputs) outputs needs the names of \(outputs / 2) stems, "
          + "\"separator\": {\"stems\": […]} in sg-model.json")
    }
    stems = names
    segment = settings.segment ?? Self.official.segment
    guard
      let heads = settings.heads
        ?? (bottom == Self.official.bottom ? Self.official.heads : nil)
    else {
      throw WeightsFailure(
        .configuration,
        "\(title): a network of width \(bottom) needs \"separator\": {\"heads\": N} in "
          + "sg-model.json")
    }
    self.heads = heads
    try checkSizes(title)
    try checkTensors(source)
  }

  private func checkSizes(_ title: String) throws(WeightsFailure) {
    guard heads > 0, bottom % heads == 0, bottom % 4 == 0, bottom >= 8 else {
      throw WeightsFailure(
        .configuration, "\(title): \(heads) heads do not divide the width \(bottom)")
    }
    // The innermost layer must still see more bins than its kernel has; else it would be another network.
    let bins = fft / 2
    guard fft <= 1 << 16, bins % (1 << (2 * depth)) == 0, rows(after: depth - 1) > Self.kernel
    else {
      throw WeightsFailure(
        .data, "\(title): \(bins) frequencies are not enough for \(depth) layers")
    }
    guard segment >= 2 * fft, segment <= 1 << 24 else {
      throw WeightsFailure(
        .configuration,
        "\(title): a segment has \(2 * fft) to \(1 << 24) samples, not \(segment)")
    }
  }

  /// Layers of either encoder.
  public var depth: Int { widths.count }
  /// Samples from one spectrogram frame to the next.
  public var hop: Int { fft / 4 }
  /// Spectrogram frames of a segment.
  public var frames: Int { (segment + hop - 1) / hop }
  /// Frequencies after `layers` layers of the encoder.
  package func rows(after layers: Int) -> Int {
    (0..<layers).reduce(fft / 2) { rows, _ in rows / Self.stride }
  }
  /// Frames of the time branch after `layers` layers of the encoder.
  func samples(after layers: Int) -> Int {
    (0..<layers).reduce(segment) { frames, _ in (frames + Self.stride - 1) / Self.stride }
  }
}

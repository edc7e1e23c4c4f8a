import Diagnostics
import Neural

extension TensorTable {
  /// The tensors of a GGUF file under the official names.
  ///
  /// Tensors that the layout does not know are left out; what is missing, the network that asks for
  /// it reports.
  init(gguf header: GGUFHeader, _ file: MappedFile) throws(WeightsFailure) {
    let places = try header.places(file.name)
    var found: [String: GGUFHeader.Entry] = [:]
    for entry in header.entries { found[entry.name] = entry }
    var placed: [(place: GGUFPlace, entry: GGUFHeader.Entry)] = []
    for place in places {
      if let entry = found[place.name] { placed.append((place, entry)) }
    }
    placed.sort { $0.entry.range.lowerBound < $1.entry.range.lowerBound }
    self.init()
    metadata = header.metadata
    for (place, entry) in placed { try insert(place, entry, file) }
  }

  private mutating func insert(
    _ place: GGUFPlace, _ entry: GGUFHeader.Entry, _ file: MappedFile
  ) throws(WeightsFailure) {
    func view(_ name: String, _ shape: [Int]) -> TensorView {
      TensorView(
        name: name, shape: shape, type: entry.type,
        bytes: UnsafeRawBufferPointer(rebasing: file.bytes[entry.range]))
    }
    let stored = view(entry.name, entry.shape)
    switch place.form {
    case .same:
      insert(view(place.official, entry.shape))
    case .transposed(let inputs):
      guard entry.shape.count == 2, entry.shape[1] >= inputs else {
        throw .malformed(
          file.name,
          "tensor '\(printable(entry.name, limit: 100))' has shape \(stored.shapeText), expected rows "
            + "of \(inputs)")
      }
      insert(
        place.official,
        Derived(shape: [inputs, entry.shape[0]]) { () throws(WeightsFailure) in
          try withExtendedLifetime(file) { () throws(WeightsFailure) in
            try stored.transposed(columns: inputs, file: file.name)
          }
        })
    case .folded(let flat):
      guard let rows = entry.shape.first, entry.shape.count == (flat ? 2 : 3) else {
        throw .malformed(
          file.name,
          "tensor '\(printable(entry.name, limit: 100))' has shape \(stored.shapeText), expected "
            + "\(flat ? 2 : 3) dimensions")
      }
      insert(view(place.official + ".weight_v", flat ? entry.shape + [1] : entry.shape))
      insert(
        place.official + ".weight_g",
        Derived(shape: [rows, 1, 1]) { () throws(WeightsFailure) in
          try withExtendedLifetime(file) { () throws(WeightsFailure) in
            try WeightNorm.lengths(of: stored.widened(file: file.name), rows: rows)
          }
        })
    }
  }
}

extension GGUFHeader {
  /// What tensors a file of its architecture and sizes has.
  func places(_ file: String) throws(WeightsFailure) -> [GGUFPlace] {
    switch try part(file) {
    case .languageModel:
      return GGUFPlace.languageModel(
        mainLayers: try integer("levo2.main.block_count", 1...512, file: file),
        detailLayers: try integer("levo2.detail.block_count", 1...512, file: file))
    case .flow:
      return GGUFPlace.flow(
        layers: try integer("levo2.flow.n_layer", 1...1024, file: file),
        hidden: try integer("levo2.flow.hidden_size", 2...1 << 20, file: file),
        inner: try integer("levo2.flow.intermediate_size", 1...1 << 20, file: file))
    case .autoencoder:
      return GGUFPlace.autoencoder(
        stages: try integer("levo2.vae.decoder.stage_count", 1...16, file: file))
    }
  }
}

extension TensorView {
  /// The numbers as f32.
  func widened(file: String) throws(WeightsFailure) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    guard copyFloats(to: buffer.elements) else {
      throw .malformed(
        file, "tensor '\(printable(name, limit: 120))' is \(type.rawValue), not floating point")
    }
    return buffer
  }

  /// The first `columns` columns of a matrix, [columns, rows].
  fileprivate func transposed(columns: Int, file: String) throws(WeightsFailure) -> FloatBuffer {
    let stored = try widened(file: file)
    let (rows, width) = (shape[0], shape[1])
    let result = FloatBuffer(count: rows * columns)
    // Tiles of 16 rows: each line of the result that is touched is filled before it leaves the cache.
    for first in stride(from: 0, to: rows, by: 16) {
      let last = min(first + 16, rows)
      for column in 0..<columns {
        for row in first..<last {
          result.base[column * rows + row] = stored.base[row * width + column]
        }
      }
    }
    return result
  }
}

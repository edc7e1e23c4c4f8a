import Neural
import Weights

/// Tensors of a LeLM checkpoint by their official names, with or without the prefix `audiolm.`.
struct Checkpoint {
  private let file: TensorFile
  private let prefix: String

  init(_ file: TensorFile) {
    self.file = file
    prefix = file.view("audiolm.transformer.model.norm.weight") != nil ? "audiolm." : ""
  }

  /// A norm weight or a bias, as f32.
  func vector(_ name: String, count: Int) throws(LeLMError) -> FloatBuffer {
    do {
      return try file.floats(prefix + name, shape: [count])
    } catch {
      throw .checkpoint(error.description)
    }
  }

  /// A vector stored as [1, count].
  func row(_ name: String, count: Int) throws(LeLMError) -> FloatBuffer {
    do {
      return try file.floats(prefix + name, shape: [1, count])
    } catch {
      throw .checkpoint(error.description)
    }
  }

  /// A matrix [rows, columns] where it lies in the file. With `atLeast`, more rows are tolerated
  /// (published checkpoints carry spare rows in their text tables) and kept.
  func matrix(
    _ name: String, rows: Int, columns: Int, atLeast: Bool = false
  ) throws(LeLMError) -> WeightMatrix {
    if !atLeast, let packed = try packed(name, rows: rows, columns: columns) {
      return WeightMatrix(packed)
    }
    let view: TensorView
    do { view = try file.require(prefix + name) } catch { throw .checkpoint(error.description) }
    guard view.shape.count == 2, view.shape[1] == columns,
      atLeast ? view.shape[0] >= rows : view.shape[0] == rows
    else {
      throw .checkpoint(
        "\(file.file.name): tensor '\(prefix + name)' has shape \(view.shape), config.yaml asks for "
          + "[\(rows)\(atLeast ? " or more" : ""), \(columns)]")
    }
    let element: WeightMatrix.Element? =
      switch view.type {
      case .f32: .float32
      case .f16: .float16
      case .bf16: .bfloat16
      default: nil
      }
    if let element, let base = view.bytes.baseAddress,
      UInt(bitPattern: base).isMultiple(of: element == .float32 ? 4 : 2)
    {
      return WeightMatrix(
        rows: view.shape[0], columns: columns, element: element, bytes: base, owner: file)
    }
    do {
      return WeightMatrix(
        rows: view.shape[0], columns: columns, try file.floats(prefix + name, shape: view.shape))
    } catch {
      throw .checkpoint(error.description)
    }
  }

  /// The matrix NAME where it is stored packed, as NAME.q8 or NAME.q4 with NAME.scale.
  private func packed(
    _ name: String, rows: Int, columns: Int
  ) throws(LeLMError) -> PackedMatrix? {
    let name = prefix + name
    guard file.view(name) == nil,
      let format = PackedFormat.allCases.first(where: { file.view(name + $0.suffix) != nil })
    else { return nil }
    let layout = PackedLayout(format, rows: rows, columns: columns)
    let (values, scales): (TensorView, TensorView)
    do {
      values = try file.require(name + format.suffix, shape: layout.valueShape)
      scales = try file.require(name + ".scale", shape: layout.scaleShape)
    } catch {
      throw .checkpoint(error.description)
    }
    guard values.type == (format == .q8 ? .i8 : .u8), scales.type == .f16,
      let valueBase = values.bytes.baseAddress, let scaleBase = scales.bytes.baseAddress,
      UInt(bitPattern: scaleBase).isMultiple(of: 2)
    else {
      throw .checkpoint(
        "\(file.file.name): tensor '\(name)' is not packed as it must be: "
          + "\(format == .q8 ? "I8" : "U8") integers and F16 scales at even offsets")
    }
    return PackedMatrix(
      layout, values: valueBase, scales: scaleBase.assumingMemoryBound(to: UInt16.self),
      owner: file)
  }

  /// Rows of a table, without reading it.
  func rows(_ name: String) -> Int? {
    file.view(prefix + name)?.shape.first
  }

  /// A transformer under `name` (`transformer` or `transformer2`).
  func transformer(
    _ name: String, shape: TransformerShape, positions: Int
  ) throws(LeLMError) -> Transformer {
    let (width, wide) = (shape.width, shape.feedForward)
    var layers: [TransformerLayer] = []
    for index in 0..<shape.layers {
      let base = "\(name).model.layers.\(index)."
      layers.append(
        TransformerLayer(
          inputNorm: try vector(base + "input_layernorm.weight", count: width),
          query: try matrix(base + "self_attn.q_proj.weight", rows: width, columns: width),
          key: try matrix(base + "self_attn.k_proj.weight", rows: width, columns: width),
          value: try matrix(base + "self_attn.v_proj.weight", rows: width, columns: width),
          output: try matrix(base + "self_attn.o_proj.weight", rows: width, columns: width),
          postNorm: try vector(base + "post_attention_layernorm.weight", count: width),
          gate: try matrix(base + "mlp.gate_proj.weight", rows: wide, columns: width),
          up: try matrix(base + "mlp.up_proj.weight", rows: wide, columns: width),
          down: try matrix(base + "mlp.down_proj.weight", rows: width, columns: wide)))
    }
    return Transformer(
      shape: shape, layers: layers,
      finalNorm: try vector("\(name).model.norm.weight", count: width),
      rotary: RotaryTable(
        headWidth: shape.headWidth, theta: shape.ropeTheta, positions: positions))
  }
}

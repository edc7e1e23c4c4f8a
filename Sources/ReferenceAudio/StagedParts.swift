import MusicCodec
import Weights

/// The parts of an encoder, of which only one is open at a time.
final class StagedParts {
  private let model: ModelDirectory
  private var open: (rows: Set<CodeRow>, encoder: PromptEncoder)?

  init(_ model: ModelDirectory) { self.model = model }

  /// The encoder that reads the file of `row`.
  func encoder(for row: CodeRow) throws(CodecFailure) -> PromptEncoder {
    if let open, open.rows.contains(row) { return open.encoder }
    close()
    let rows: Set<CodeRow> = row == .mixed ? [.mixed] : [.vocal, .accompaniment]
    do throws(WeightsFailure) {
      let encoder = try PromptEncoder(model, rows: rows)
      open = (rows, encoder)
      return encoder
    } catch {
      throw CodecFailure(error.status, error.description)
    }
  }

  /// The autoencoder.
  func latents() throws(CodecFailure) -> PromptLatents {
    close()
    do throws(WeightsFailure) {
      return try PromptLatents(model)
    } catch {
      throw CodecFailure(error.status, error.description)
    }
  }

  private func close() {
    open = nil
    for role in [ModelRole.codecMixed, .codec] { model.giveBack(role) }
  }
}

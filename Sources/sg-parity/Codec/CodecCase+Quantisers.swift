import MusicCodec
import Neural
import Weights

extension CodecCase {
  /// Look-up and search (`a_rvq`): `codes_X` to `latent_X` and `emb_X`; `enc_in` to `enc_codes`.
  func quantisers() throws {
    for (index, row) in ["vocal", "bgm"].enumerated()
    where tensors.view("emb_\(row)") != nil && index < set.flow.quantisers.count {
      let quantiser = set.flow.quantisers[index]
      let codes = try codes("codes_\(row)")
      compare(
        "latent_\(row)", numbers(try quantiser.rows(codes)), try rows("latent_\(row)"), 1e-6)
      compare("emb_\(row)", numbers(try quantiser.look(up: codes)), try rows("emb_\(row)"), 1e-6)
    }
    guard tensors.view("enc_in") != nil else { return }
    let quantiser = set.flow.quantisers[0]
    let search = try CodeSearch(set.source, "rvq_bestrq_emb.quantizers.0", quantiser)
    let features = try rows("enc_in")
    let codes = search.codes(features, pool: pool)
    compare("enc_ze", search.project(features), try rows("enc_ze"), 1e-6)
    compare("enc_codes", codes: codes, try self.codes("enc_codes"))
    compare("enc_zq", numbers(try quantiser.look(up: codes)), try rows("enc_zq"), 1e-6)
  }

  /// Latent statistics (`h_normfeat`). Channel 0 has a negative variance: relative there.
  func statistics() throws {
    for part in stems(".before.counts") {
      var statistics = LatentStatistics(
        counts: try flat("\(part).before.counts")[0], sums: try flat("\(part).before.sum_x"),
        squares: try flat("\(part).before.sum_x2"))
      let channels = statistics.sums.count
      let latents = try rows("\(part).x")
      statistics.observe(latents)
      compare("\(part).counts", [statistics.counts], try flat("\(part).after.counts"), 2e-6)
      compare("\(part).sum_x", statistics.sums, try flat("\(part).after.sum_x"), 2e-6)
      compare("\(part).sum_x2", statistics.squares, try flat("\(part).after.sum_x2"), 2e-6)
      let projected = statistics.normalised(latents)
      compareChannels("\(part).projected", projected, try rows("\(part).projected"), channels)
      let returned = statistics.denormalised(projected)
      compareChannels("\(part).returned", returned, try rows("\(part).returned"), channels)
    }
  }

  private func compareChannels(
    _ what: String, _ ours: [Float], _ reference: [Float], _ channels: Int
  ) {
    func rest(_ values: [Float]) -> [Float] {
      values.indices.filter { $0 % channels > 0 }.map { values[$0] }
    }
    compare(what, rest(ours), rest(reference), 2e-6)
    let first = stride(from: 0, to: ours.count, by: channels)
    let relative = first.map { index -> Float in
      let scale = max(abs(reference[index]), 1)
      return (ours[index] - reference[index]) / scale
    }
    compare(what + " channel 0, relative", relative, relative.map { _ in 0 }, 2e-6)
  }
}

public import SongEvaluation

/// Figures in words, for tables that people read.
public enum FigureText {
  /// One line of a table.
  public struct Fact: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  /// All figures of a song that could be measured.
  public static func facts(_ figures: SongFigures, score: Double?) -> [Fact] {
    var facts: [Fact] = []
    func add(_ name: String, _ value: String?) {
      if let value { facts.append(Fact(name: name, value: value)) }
    }
    add("score", score.map { number($0, 3) })
    add("length", clock(figures.seconds) + (figures.hasEnded == false ? ", cut off" : ""))
    add("loudness", figures.loudness.map { number($0, 1) + " LUFS" } ?? "none")
    add("loudness range", figures.loudnessRange.map { number($0, 1) + " LU" })
    add("true peak", figures.truePeak.isFinite ? number(figures.truePeak, 1) + " dBTP" : nil)
    add("clipping", clipping(figures.clipping))
    add("silence", silence(figures.silence))
    add("loops", loops(figures))
    add("tempo", tempo(figures))
    add("key", figures.key.map { "\($0.name) (\(number($0.likeness, 2)))" })
    add("borders", borders(figures))
    if let pitch = figures.pitch {
      add(figures.hasVocal ? "voice" : "pitch", voice(pitch))
      add("tuning", "\(number(pitch.tuning, 0)) cents, off by \(number(pitch.deviation, 1))")
    }
    add("vocal over accompaniment", figures.balance.map { number($0, 1) + " LU" })
    add(
      "leakage",
      figures.stemCoherence.map { coherence in
        number(100 * coherence, 1) + " %"
          + (figures.stemCorrelation.map { ", correlation \(number($0, 3))" } ?? "")
      })
    add("words", figures.wordsPerSecond.map { number($0, 2) + " a second" })
    if let hearing = figures.hearing {
      add("word error", hearing.words.rate.map { number(100 * $0, 0) + " %" })
      add("phone error", hearing.phones.rate.map { number(100 * $0, 0) + " %" })
    }
    if let near = figures.reconstruction {
      add("signal to noise", near.snr.map { number($0, 1) + " dB" })
      add("the same, scaled", near.scaleInvariantSNR.map { number($0, 1) + " dB" })
      add("spectral distance", near.logSpectralDistance.map { number($0, 2) + " dB" })
      add("pitch error", near.pitchError.map { number($0, 1) + " cents" })
      add("voicing error", near.voicingError.map { number(100 * $0, 1) + " %" })
    }
    return facts
  }

  private static func clipping(_ clipping: ClippingCounter) -> String {
    clipping.samples == 0
      ? "none" : "\(clipping.samples) samples in \(clipping.runs) runs"
  }

  private static func silence(_ silence: SilenceFinder.Result) -> String {
    guard silence.hasSound else { return "all of it" }
    let parts = [
      ("before", silence.leading), ("within", silence.inner), ("after", silence.trailing),
    ]
    .filter { $0.1 >= 0.05 }.map { "\(number($0.1, 1)) s \($0.0)" }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private static func loops(_ figures: SongFigures) -> String {
    guard let loop = figures.loop else { return "none" }
    return "\(number(100 * figures.loopShare, 0)) %, the longest \(number(loop.seconds, 1)) s at "
      + "\(clock(loop.start)), from \(number(loop.lag, 1)) s before"
  }

  private static func tempo(_ figures: SongFigures) -> String? {
    guard let tempo = figures.tempo else { return nil }
    let asked = figures.tempoAgreement.map { ", asked for \(number($0.asked, 0))" } ?? ""
    return "\(number(tempo.bpm, 1)) bpm (\(number(tempo.strength, 2)))" + asked
  }

  private static func borders(_ figures: SongFigures) -> String? {
    var parts = [
      figures.borders.isEmpty
        ? "none" : figures.borders.prefix(40).map(clock).joined(separator: " ")
    ]
    if let near = figures.agreement(within: 3), let exact = figures.agreement(within: 0.5) {
      parts.append(
        "of \(near.known) known F is \(number(near.fMeasure, 2)) within 3 s, "
          + "\(number(exact.fMeasure, 2)) within 0.5 s")
    }
    return parts.joined(separator: "; ")
  }

  private static func voice(_ pitch: PitchStatistics) -> String {
    "\(number(100 * pitch.voiced, 0)) % voiced, median \(number(pitch.median, 0)) Hz, "
      + "\(number(pitch.low, 0)) to \(number(pitch.high, 0)) Hz"
  }
}

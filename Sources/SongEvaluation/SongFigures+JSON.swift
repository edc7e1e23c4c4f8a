import Glibc
public import SongStream

extension SongFigures {
  /// The figures under their names in sg-eval(1); what could not be measured is null.
  public var json: [String: JSONValue] {
    var result: [String: JSONValue] = [
      "seconds": tidy(seconds, 3), "sample_rate": .integer(Int64(sampleRate)),
      "loudness": tidy(loudness, 2), "loudness_range": tidy(loudnessRange, 2),
      "true_peak": tidy(truePeak, 2),
      "clipped_samples": .integer(Int64(clipping.samples)),
      "clipped_runs": .integer(Int64(clipping.runs)),
      "silence": [
        "leading": tidy(silence.leading, 2), "trailing": tidy(silence.trailing, 2),
        "inner": tidy(silence.inner, 2), "longest": tidy(silence.longest, 2),
      ],
      "loop": loop.map {
        ["start": tidy($0.start, 2), "lag": tidy($0.lag, 2), "seconds": tidy($0.seconds, 2)]
      } ?? .null,
      "loop_share": tidy(loopShare, 4),
      "tempo": tidy(tempo?.bpm, 2), "tempo_strength": tidy(tempo?.strength, 3),
      "key": key.map { .string($0.name) } ?? .null, "key_likeness": tidy(key?.likeness, 3),
      "borders": .array(borders.map { tidy($0, 2) }),
      "pitch": pitch.map(Self.json) ?? .null,
      "balance": tidy(balance, 2), "stem_correlation": tidy(stemCorrelation, 4),
      "stem_coherence": tidy(stemCoherence, 4),
    ]
    result["pitch_of"] = .string(hasVocal ? "vocal" : "mixed")
    if let wishes {
      result["tempo_asked"] = wishes.tempo.map { .integer(Int64($0)) } ?? .null
      result["tempo_error"] = tidy(tempoAgreement?.error, 4)
      result["tempo_folded_error"] = tidy(tempoAgreement?.foldedError, 4)
      result["sections_asked"] = .integer(Int64(wishes.sections.count))
      result["words_per_second"] = tidy(wordsPerSecond, 3)
    }
    if !knownBorders.isEmpty {
      result["borders_known"] = .array(knownBorders.map { tidy($0, 2) })
      result["borders_f_3"] = tidy(agreement(within: 3)?.fMeasure, 3)
      result["borders_f_05"] = tidy(agreement(within: 0.5)?.fMeasure, 3)
    }
    if let reconstruction {
      result["snr"] = tidy(reconstruction.snr, 2)
      result["si_snr"] = tidy(reconstruction.scaleInvariantSNR, 2)
      result["log_spectral_distance"] = tidy(reconstruction.logSpectralDistance, 3)
      result["pitch_error"] = tidy(reconstruction.pitchError, 2)
      result["voicing_error"] = tidy(reconstruction.voicingError, 4)
      result["surplus"] = tidy(reconstruction.surplus, 3)
    }
    if let hearing {
      result["heard"] = .string(hearing.heard.joined(separator: " "))
      result["word_error"] = tidy(hearing.words.rate, 4)
      result["phone_error"] = tidy(hearing.phones.rate, 4)
    }
    if let hasEnded { result["ended"] = .bool(hasEnded) }
    return result
  }

  private static func json(_ pitch: PitchStatistics) -> JSONValue {
    [
      "voiced": tidy(pitch.voiced, 4), "median": tidy(pitch.median, 2), "low": tidy(pitch.low, 2),
      "high": tidy(pitch.high, 2), "semitones": tidy(pitch.semitones, 2),
      "tuning": tidy(pitch.tuning, 1), "deviation": tidy(pitch.deviation, 1),
    ]
  }
}

/// `value` rounded to some decimal places; null if there is none, or it is infinite.
func tidy(_ value: Double?, _ places: Int) -> JSONValue {
  guard let value, value.isFinite else { return .null }
  let scale = pow(10, Double(places))
  return .number((value * scale).rounded() / scale)
}

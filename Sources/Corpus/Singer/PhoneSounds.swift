package import TextTokens

/// How a phone sounds: resonances, and noise.
struct PhoneSound: Sendable {
  /// Centre and width of a noise in Hz, and its level beside that of a vowel.
  struct Noise: Sendable, Hashable {
    var centre: Float
    var width: Float
    var level: Float
  }

  /// The first three formants in Hz, one set after the other.
  var formants: [(Float, Float, Float)]
  /// Level of the voice beside that of a vowel.
  var voice: Float = 1
  var noise: Noise?
  /// Whether it begins with a closure of the mouth.
  var isStop = false
}

extension PhoneSound {
  /// The formants of the vowels are those of men by Peterson and Barney, "Control methods used in a
  /// study of the vowels" (1952), rounded; the others are ours.
  private static let table: [String: PhoneSound] = [
    "IY": vowel((270, 2290, 3010)), "IH": vowel((390, 1990, 2550)),
    "EH": vowel((530, 1840, 2480)), "AE": vowel((660, 1720, 2410)),
    "AA": vowel((730, 1090, 2440)), "AO": vowel((570, 840, 2410)),
    "UH": vowel((440, 1020, 2240)), "UW": vowel((300, 870, 2240)),
    "AH": vowel((640, 1190, 2390)), "ER": vowel((490, 1350, 1690)),
    "EY": glide((500, 1880, 2520), (330, 2150, 2800)),
    "AY": glide((730, 1190, 2440), (330, 2100, 2800)),
    "OY": glide((560, 860, 2400), (330, 2000, 2700)),
    "AW": glide((730, 1150, 2440), (340, 900, 2240)),
    "OW": glide((500, 900, 2400), (340, 840, 2240)),
    "M": voiced((250, 1000, 2200), 0.45), "N": voiced((250, 1500, 2500), 0.45),
    "NG": voiced((250, 2000, 2600), 0.45), "L": voiced((360, 1100, 2700), 0.6),
    "R": voiced((330, 1200, 1600), 0.6), "W": voiced((300, 700, 2200), 0.55),
    "Y": voiced((280, 2200, 3000), 0.55),
    "V": voiced((300, 1100, 2300), 0.35, noise(3000, 3000, 0.12)),
    "DH": voiced((300, 1300, 2400), 0.35, noise(6500, 3000, 0.12)),
    "Z": voiced((300, 1600, 2500), 0.25, noise(7500, 1500, 0.3)),
    "ZH": voiced((300, 1700, 2400), 0.25, noise(3500, 1100, 0.3)),
    "F": hiss(3000, 3500, 0.24), "TH": hiss(6500, 2000, 0.2), "S": hiss(7500, 1500, 0.5),
    "SH": hiss(3800, 1100, 0.5), "HH": hiss(1500, 1500, 0.25),
    "P": hiss(1000, 900, 0.45, isStop: true), "T": hiss(5000, 2100, 0.55, isStop: true),
    "K": hiss(2200, 700, 0.5, isStop: true),
    "B": stop((250, 900, 2200), noise(900, 800, 0.3)),
    "D": stop((250, 1700, 2600), noise(4200, 1800, 0.35)),
    "G": stop((250, 1900, 2500), noise(2000, 700, 0.32)),
    "CH": hiss(3800, 1300, 0.55, isStop: true),
    "JH": stop((250, 1700, 2400), noise(3500, 1200, 0.4)),
  ]

  /// The sounds of all phones, as ``Phoneme/symbols`` counts.
  static let all: [PhoneSound] = Phoneme.symbols.map { table[$0] ?? hiss(1500, 1500, 0.25) }

  private static func vowel(_ formants: (Float, Float, Float)) -> PhoneSound {
    PhoneSound(formants: [formants])
  }

  /// A diphthong: where it begins, half way, and where it ends.
  private static func glide(
    _ from: (Float, Float, Float), _ to: (Float, Float, Float)
  ) -> PhoneSound {
    let half = ((from.0 + to.0) / 2, (from.1 + to.1) / 2, (from.2 + to.2) / 2)
    return PhoneSound(formants: [from, half, to])
  }

  private static func voiced(
    _ formants: (Float, Float, Float), _ level: Float, _ noise: Noise? = nil
  ) -> PhoneSound {
    PhoneSound(formants: [formants], voice: level, noise: noise)
  }

  private static func stop(_ formants: (Float, Float, Float), _ noise: Noise) -> PhoneSound {
    PhoneSound(formants: [formants], voice: 0.25, noise: noise, isStop: true)
  }

  private static func hiss(
    _ centre: Float, _ width: Float, _ level: Float, isStop: Bool = false
  ) -> PhoneSound {
    PhoneSound(formants: [], noise: noise(centre, width, level), isStop: isStop)
  }

  private static func noise(_ centre: Float, _ width: Float, _ level: Float) -> Noise {
    Noise(centre: centre, width: width, level: level)
  }
}

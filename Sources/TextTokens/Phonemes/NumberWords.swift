/// English words of a number, so that it can be sung.
enum NumberWords {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// The words of a run of digits; runs that start with 0 or have over six are read digit by digit.
  static func words(_ digits: String) -> [String] {
    guard digits.count <= 6, digits.first != "0", let number = Int(digits) else {
      return digits.compactMap { $0.wholeNumberValue }.map { small[$0] }
    }
    return words(number)
  }

  private static func words(_ number: Int) -> [String] {
    switch number {
    case ..<20: [small[number]]
    case ..<100: [tens[number / 10]] + rest(number % 10)
    case ..<1000: [small[number / 100], "hundred"] + rest(number % 100)
    default: words(number / 1000) + ["thousand"] + rest(number % 1000)
    }
  }

  private static func rest(_ number: Int) -> [String] { number == 0 ? [] : words(number) }
}

/// `seconds` as m:ss, rounded down: `0:31`.
public func minutes(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "-:--" }
  let whole = Int(seconds)
  let rest = whole % 60
  return "\(whole / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
}

/// `value` with a fixed number of decimal places: `-14.0`.
public func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite, abs(value) < 1e12, (0...6).contains(places) else { return "\(value)" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let units = Int((abs(value) * scale).rounded())
  let sign = value < 0 && units > 0 ? "-" : ""
  guard places > 0 else { return sign + "\(units)" }
  let fraction = String(units % Int(scale))
  return sign + "\(units / Int(scale))." + String(repeating: "0", count: places - fraction.count)
    + fraction
}

/// `bytes` as a person reads it: `3.4 GB`, in powers of ten.
public func byteSize(_ bytes: Int) -> String {
  var (value, unit) = (Double(bytes), "B")
  for next in ["kB", "MB", "GB", "TB"] where value >= 1000 {
    (value, unit) = (value / 1000, next)
  }
  return unit == "B" ? "\(bytes) B" : "\(decimal(value, places: value < 10 ? 1 : 0)) \(unit)"
}

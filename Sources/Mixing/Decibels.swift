import Glibc

/// The factor that `decibels` stand for: 0 is 1, -6.02 a half, minus infinity 0.
public func factor(decibels: Double) -> Double { pow(10, decibels / 20) }

/// The decibels of a factor; minus infinity for 0.
public func decibels(_ factor: Double) -> Double { 20 * log10(factor) }

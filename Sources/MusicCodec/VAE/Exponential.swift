import Glibc

/// e^x (expf(3)).
func exponential(_ x: Float) -> Float { expf(x) }

import COpenBLAS

/// Symmetric systems in f64, by the LAPACK of OpenBLAS, on the calling thread.
public enum LAPACK {
  /// Eigenvalues, falling, and the eigenvector of each, a row of `vectors` [size, size].
  public struct Spectrum: Sendable {
    public var values: [Double]
    public var vectors: [Double]
  }

  /// The eigenvectors of a symmetric matrix; of each the largest element is positive.
  ///
  /// - Parameter matrix: [size, size].
  /// - Returns: `nil` when `matrix` has another size, holds what is no number, or there is no
  ///   convergence.
  ///
  /// Calls `dsyevd`.
  public static func spectrum(_ matrix: [Double], size: Int) -> Spectrum? {
    guard size > 0, size <= 1 << 14, matrix.count == size * size,
      matrix.allSatisfy(\.isFinite)
    else { return nil }
    openblas_set_num_threads(1)
    var order = Int32(size)
    var (a, values) = (matrix, [Double](repeating: 0, count: size))
    // As the manual page of the routine says for eigenvectors.
    var lengths = (Int32(1 + 6 * size + 2 * size * size), Int32(3 + 5 * size))
    var work = [Double](repeating: 0, count: Int(lengths.0))
    var integers = [Int32](repeating: 0, count: Int(lengths.1))
    var status: Int32 = 0
    var leading = order
    dsyevd_(
      "V", "U", &order, &a, &leading, &values, &work, &lengths.0, &integers, &lengths.1, &status)
    guard status == 0 else { return nil }
    var vectors: [Double] = []
    vectors.reserveCapacity(size * size)
    for column in (0..<size).reversed() {
      let vector = a[column * size..<(column + 1) * size]
      let top = vector.max { abs($0) < abs($1) } ?? 0
      vectors += top < 0 ? vector.map { -$0 } : Array(vector)
    }
    return Spectrum(values: values.reversed(), vectors: vectors)
  }

  /// The rows x [count, size] with x M = b, of a symmetric positive matrix M.
  ///
  /// - Parameters:
  ///   - matrix: [size, size].
  ///   - rows: b, [count, size].
  /// - Returns: `nil` when the sizes do not fit or the matrix is not positive definite.
  ///
  /// Calls `dposv`.
  public static func solve(_ matrix: [Double], rows: [Double], size: Int) -> [Double]? {
    guard size > 0, size <= 1 << 14, matrix.count == size * size,
      rows.count.isMultiple(of: size), !rows.isEmpty, rows.count / size <= 1 << 20
    else { return nil }
    openblas_set_num_threads(1)
    var (a, x) = (matrix, rows)
    var (order, count, status) = (Int32(size), Int32(rows.count / size), Int32(0))
    var (leadingA, leadingB) = (order, order)
    dposv_("U", &order, &count, &a, &leadingA, &x, &leadingB, &status)
    return status == 0 && x.allSatisfy(\.isFinite) ? x : nil
  }
}

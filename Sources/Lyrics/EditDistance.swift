/// How many letters must be added, removed or changed to make one word of the other.
///
/// Words beyond 64 letters count as different altogether.
///
/// - Complexity: O(n m).
func editDistance(_ one: String, _ other: String) -> Int {
  let (one, other) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
  guard one.count <= 64, other.count <= 64 else { return max(one.count, other.count) }
  var row = Array(0...other.count)
  for (index, letter) in one.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in other.indices {
      let changed = diagonal + (letter == other[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(row[column] + 1, row[column + 1] + 1, changed)
    }
  }
  return row[other.count]
}

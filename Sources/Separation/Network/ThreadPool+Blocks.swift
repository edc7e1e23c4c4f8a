import Neural

extension ThreadPool {
  /// Calls `body` with the first index and the length of each block of `0..<count`.
  func blocks(_ count: Int, of size: Int, _ body: @Sendable (_ first: Int, _ count: Int) -> Void) {
    run((count + size - 1) / size) { task in
      body(task * size, min(size, count - task * size))
    }
  }
}

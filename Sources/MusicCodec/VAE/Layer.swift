package import Neural

/// One layer of the autoencoder, as it runs along a signal: rows [time, channels] in, rows out.
///
/// A layer remembers the context that its convolution needs, so a signal may come in pieces of any
/// size and gives the same result as in one piece.
package protocol LayerStream: AnyObject {
  /// Rows that wait to be consumed; whoever feeds the layer appends here.
  var input: RowQueue { get }
  /// Channels of the rows that come out.
  var outputChannels: Int { get }
  /// Appends up to `maximum` output rows to `out`, as far as the input goes.
  ///
  /// - Returns: how many; 0 when more input is needed.
  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int
  /// Says that no input follows. The rest comes out by further steps.
  func finish()
  /// A layer in the same state.
  func copy() -> any LayerStream
}

/// The weights of a layer: makes the streams that use them.
package protocol Layer: Sendable {
  /// A layer at the start of a signal.
  func stream() -> any LayerStream
}

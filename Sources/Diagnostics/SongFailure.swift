/// An error that a person can act on.
///
/// `description` is one line in lower case without a full stop: what is wrong, where, and what to
/// do about it. Text from outside is passed through ``printable(_:limit:)`` first.
public protocol SongFailure: Error, CustomStringConvertible, Sendable {
  /// The code that a tool exits with when this failure ends it.
  var status: ExitStatus { get }
}

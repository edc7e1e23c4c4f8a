/// The exit codes of every tool, after sysexits(3).
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// The work is done.
  case ok = 0
  /// The command line is wrong.
  case usage = 64
  /// What was read is malformed: a request, a stream, a weight file.
  case data = 65
  /// There is no input, or no song in it.
  case noInput = 66
  /// A model is missing, or is not the one that a stream names.
  case unavailable = 69
  /// A fault of the program itself.
  case software = 70
  /// An output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// A model directory or its configuration is not usable.
  case configuration = 78
  /// Interrupted from the keyboard.
  case interrupted = 130
}

/// The form of a request's texts, a property of the model.
public enum RequestVersion: String, Sendable, CaseIterable {
  /// Plain texts.
  case v1
  /// Quality marks before the description; `.` splits texts.
  case v2
}

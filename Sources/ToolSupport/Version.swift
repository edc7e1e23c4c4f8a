/// The version of all tools, as `--version` prints it and `history` in a stream records it.
public enum Version {
  public static let string = "0.1.0"
}

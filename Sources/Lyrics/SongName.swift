/// Names of songs from names of files.
public enum SongName {
  /// What a song is called that has no name of its own.
  public static let standard = "song"

  /// The last part of `path` without its extension, or ``standard`` if that is no name.
  public static func from(path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    let name = String(stem.isEmpty ? file : stem)
    return IDCheck.isUsable(name) ? name : standard
  }
}

import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport

/// Whether streams are whole and all their songs are: silent, unless it is asked to be verbose.
struct StreamCheck {
  let limits: StreamLimits
  let force: Bool

  func run(_ paths: [String?], _ console: Console) throws {
    var first: ExitStatus?
    func note(_ failure: any SongFailure) {
      first = first ?? failure.status
      console.detail(failure.description)
    }
    for path in paths {
      do {
        let file = try InputFile(path, force: force)
        let reader = file.songs(limits: limits)
        var count = 0
        while let event = try reader.next() {
          if case .song = event { count += 1 }
          if case .failed(let abort) = event { note(SongAborted(abort: abort)) }
        }
        if count == 0 { note(ToolFailure(.noInput, "'\(printable(file.name))' holds no songs")) }
      } catch let failure as any SongFailure {
        note(failure)
      }
    }
    if let first { throw ExitCode(first.rawValue) }
  }
}

public import SongStream

extension InputFile {
  /// A reader of the songs in this file.
  ///
  ///     let reader = try InputFile(path, force: force).songs()
  public func songs(limits: StreamLimits = StreamLimits()) -> SongReader {
    SongReader(SongSource(self), name: name, limits: limits)
  }
}

extension OutputFile {
  /// A writer of songs to this file; end it with `close()`, then ``commit()``.
  public func songs(limits: StreamLimits = StreamLimits()) -> SongWriter {
    SongWriter(SongSink(self), name: name, limits: limits)
  }
}

/// The bytes of an open file, which lives as long as they are read.
private struct SongSource: ByteSource {
  let file: InputFile
  let bytes: FileDescriptorSource

  init(_ file: InputFile) {
    self.file = file
    bytes = FileDescriptorSource(file.descriptor)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    try bytes.read(into: buffer)
  }
}

/// The bytes of a file in the making, which lives as long as they are written.
private struct SongSink: ByteSink {
  let file: OutputFile
  let bytes: FileDescriptorSink

  init(_ file: OutputFile) {
    self.file = file
    bytes = FileDescriptorSink(file.descriptor)
  }

  func write(_ buffer: UnsafeRawBufferPointer) throws(StreamFailure) { try bytes.write(buffer) }
}

// SongStream

// SongStream tests

// MusicCodec tests

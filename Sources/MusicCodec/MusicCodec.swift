// MusicCodec

// Lyrics tests

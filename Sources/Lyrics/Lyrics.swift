// Lyrics

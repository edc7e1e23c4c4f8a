// TextTokens

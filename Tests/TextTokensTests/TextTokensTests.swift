// TextTokens tests

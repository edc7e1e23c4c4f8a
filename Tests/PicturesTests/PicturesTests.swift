// Pictures tests

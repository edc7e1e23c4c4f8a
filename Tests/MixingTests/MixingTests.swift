// Mixing tests

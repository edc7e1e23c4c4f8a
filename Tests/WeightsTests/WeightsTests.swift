// Weights tests

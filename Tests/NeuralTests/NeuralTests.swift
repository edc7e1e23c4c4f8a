// Neural tests

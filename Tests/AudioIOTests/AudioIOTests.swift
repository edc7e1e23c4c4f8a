// AudioIO tests

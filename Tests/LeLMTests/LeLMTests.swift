// LeLM tests

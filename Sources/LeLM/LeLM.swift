// LeLM

// DefaultModel

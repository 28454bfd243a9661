"""Model serving in three layers: machines, the model, what its users get (document 004)."""

"""What `dash lint` finds and says."""

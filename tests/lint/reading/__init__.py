"""What `dash lint` reads."""

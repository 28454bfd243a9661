"""Quality scores, drift and feedback."""

"""Rules that somebody wrote for Prometheus."""

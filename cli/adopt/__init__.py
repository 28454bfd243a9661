"""Rules that somebody wrote for Prometheus, as modules of ours with the same meaning."""

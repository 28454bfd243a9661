"""Every query of every page and rule on a live Prometheus: what it answers there, and why it does not."""

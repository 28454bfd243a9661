"""The only door to a Grafana: what it is asked, what it answers, and why it did not."""

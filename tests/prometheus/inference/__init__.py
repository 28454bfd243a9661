"""What is inferred of random queries, judged by what a real Prometheus answers."""

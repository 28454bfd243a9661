"""What a real Prometheus says: its own tool, its own evaluation."""

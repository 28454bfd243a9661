"""Prometheus' own tools, as programs that run beside us."""

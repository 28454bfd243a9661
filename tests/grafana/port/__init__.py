"""The port: what any Grafana answers, whichever adapter asks."""

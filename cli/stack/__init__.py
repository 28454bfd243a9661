"""The files around pages and rules: what Prometheus, Alertmanager, Grafana, compose and Kubernetes read of a build."""

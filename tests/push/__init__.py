"""`dash push`, over real HTTP, against a stand-in for Grafana."""

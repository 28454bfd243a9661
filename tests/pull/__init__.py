"""`dash pull`, over real HTTP, against a stand-in for Grafana."""

"""`dash status`, over real HTTP, against a stand-in for Grafana."""

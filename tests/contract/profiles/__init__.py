"""What one line of Grafana versions does otherwise than another, as grafana_api.md section 15 says it."""

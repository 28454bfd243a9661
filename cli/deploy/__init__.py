"""From files in `build/` to a Grafana: compare, plan, apply."""

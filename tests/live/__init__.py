"""The example service, its users and a real Prometheus: what pages, rules and alerts say while it all runs."""

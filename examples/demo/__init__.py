"""The example service, its users and a Prometheus, started together on this machine and stopped by one key."""

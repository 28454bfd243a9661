"""Tests of what a hostile Grafana, a hostile file or a careless person can do: nothing leaves, nothing leaks."""

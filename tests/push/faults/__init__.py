"""Tests of `dash push`: everything that can be wrong with a Grafana."""

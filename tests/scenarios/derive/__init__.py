"""Scenarios from an alert's own expression, and promtool's word that they are right."""

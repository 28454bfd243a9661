"""Scenarios of alerts: written, derived, run, judged."""

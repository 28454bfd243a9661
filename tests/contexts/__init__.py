"""Tests of contexts: what `dash.toml` says about Grafanas, and which one is meant."""

"""Tests of `dash push`: data sources."""

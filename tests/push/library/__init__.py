"""Tests of `dash push`: library panels."""

"""Tests of `dash push`: plans."""

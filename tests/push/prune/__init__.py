"""Tests of `dash push`: what the build no longer has."""

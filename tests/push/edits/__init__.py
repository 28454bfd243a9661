"""Tests of `dash push`: pages that were edited by hand."""

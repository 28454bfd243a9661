"""Tests of `dash push --alerts`."""

"""Tests of `dash push`: pushes that are taken back."""

"""Tests of explained expressions."""

"""Tests that hold the stand-in to the server that it stands in for."""

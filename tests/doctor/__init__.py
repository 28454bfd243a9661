"""Tests of `dash doctor`."""

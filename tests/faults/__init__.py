"""Pushes to which everything happens: what they leave behind, and what a rerun and a rollback make of it."""

"""Broken input: what is mutated, how, and the processes in which `dash` has to bear it."""

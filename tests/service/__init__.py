"""The example service: what it exports, what its faults do, and that nothing is left running."""

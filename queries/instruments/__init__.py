"""How a service counts what its catalog declares: collectors, calls, and the check of what is exported."""

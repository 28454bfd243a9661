"""`dash diff` against Grafanas: over real HTTP, with a stand-in."""

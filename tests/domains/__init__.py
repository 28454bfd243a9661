"""The five domains: nothing of a catalog is forgotten, nothing is said twice."""

"""Built rule files that are made wrong, in the ways in which people make them wrong, and whether anybody notices."""

"""How Python modules become files, and what is said when they do not."""

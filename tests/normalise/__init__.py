"""Two versions of a page compared: what a person did is seen, what wrote itself is not."""

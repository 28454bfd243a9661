"""What `queries.infer` is made of: selectors, functions, operators, vector matching, recordings."""

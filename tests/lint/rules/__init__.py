"""One file for each family of rules, or for each rule."""

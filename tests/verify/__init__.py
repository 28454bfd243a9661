"""`dash verify`: on a shop that is wrong on purpose, on the world of the shipped numbers, on bad servers."""

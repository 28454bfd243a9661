"""What lint says: for a person, for a program, for GitHub and as SARIF."""

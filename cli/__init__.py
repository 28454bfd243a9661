"""What a person can do: `dash build`, `dash list`, `dash show`, `dash push`."""

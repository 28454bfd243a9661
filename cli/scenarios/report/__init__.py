"""A result as text, as JSON, as JUnit's XML, and as GitHub's workflow commands."""

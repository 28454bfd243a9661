"""A result told: for a person, a script, a merge request, a CI server."""

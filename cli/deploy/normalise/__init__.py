"""Two versions of a page, compared by what they mean: what differs, in a person's words and places. Pure."""

from cli.deploy.normalise.applied import applied
from cli.deploy.normalise.edit import Change, Edit
from cli.deploy.normalise.edits import compare
from cli.deploy.normalise.words import said

__all__ = ["Change", "Edit", "applied", "compare", "said"]

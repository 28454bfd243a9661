"""What tests of the status ask and do."""

from typing import Any

from tests.command_line import Run


def states_of(said: Run) -> dict[str, str]:
    """The state of each page."""
    return {one["uid"]: one["state"] for one in said.json["pages"]}


def retitled(model: Any) -> None:
    """Somebody's edit by hand."""
    model["title"] = f"{model['title']} by hand"

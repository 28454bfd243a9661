"""What becomes of grafanalib's pages: their JSON, and what was changed on the way."""

from typing import Any

from panels.grafana import modernise, modernised
from tests.panels.grafanalib_pages import page


def modern(*said: Any, **more: Any) -> dict[str, Any]:
    """The page's JSON."""
    return modernise(page(*said, **more))


def first(*said: Any) -> dict[str, Any]:
    """The first panel's JSON."""
    found: dict[str, Any] = modern(*said)["panels"][0]
    return found


def changes(*said: Any, **more: Any) -> str:
    """All that was changed."""
    return "\n".join(modernised(page(*said, **more)).changes)

"""grafanalib's objects as JSON values: no None, no tuple, no object."""

from collections.abc import Mapping
from typing import Any

from queries import Mistake


def plain(made: Any) -> Any:
    """The JSON of an object of grafanalib's, or of one that is like them; every dict and list of it is new."""
    if made is None or isinstance(made, str | int | float | bool):
        return made
    if isinstance(made, Mapping):
        return {str(key): plain(value) for key, value in made.items() if value is not None}
    if isinstance(made, list | tuple | set | frozenset):
        return [plain(value) for value in made]
    to_json = getattr(made, "to_json_data", None)
    if to_json is not None:
        return plain(to_json())
    raise Mistake(f"a {type(made).__name__} is nothing that Grafana's JSON can hold: {made!r}")

"""Pages as Grafana's JSON, ours and those of grafanalib's users; the only door to grafanalib."""

from typing import TYPE_CHECKING, Any

from panels.grafana.page import to_grafana

if TYPE_CHECKING:
    from panels.grafana.modern import Modern, modernise, modernised

__all__ = ["Modern", "modernise", "modernised", "to_grafana"]


def __getattr__(name: str) -> Any:
    """What pages of grafanalib's users need: a build without them is spared 38 ms."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from panels.grafana import modern  # noqa: PLC0415 - see above

    return getattr(modern, name)

"""What a number means: metrics, units, PromQL as values, recording rules and alerts.

Its words are those of `queries.words`. They come when the first is asked for: to judge other people's PromQL takes
few of the modules behind them, and to import all takes 20 ms.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queries.words import *  # noqa: F403 - a list of them is kept once, there
else:
    # not for who checks types: a word that is none is to be told there
    def __getattr__(name: str) -> Any:
        """A word that nobody asked for before; `__all__`, where somebody wants every one; a module that is behind."""
        words = import_module("queries.words")
        if name in words.__all__ or name == "__all__":
            return getattr(words, name)
        if name in globals():
            return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]

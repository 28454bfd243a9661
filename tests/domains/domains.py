"""The five domains as values: their metrics, their numbers, their limits, their rules."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from queries import AlertRule, Metric, Quantity, Query, RecordingRule, Role, RuleGroup

NAMES = ("ai_app", "inference_server", "ai_api", "taskmaster", "ml_serving")
#: What a function of numbers.py is called with, by the name of its parameter.
ARGUMENTS = {"q": 0.95, "window": "1h"}


@dataclass(frozen=True)
class Domain:
    """A folder of `queries/`: its four modules."""

    name: str
    metrics_module: ModuleType
    numbers_module: ModuleType
    recording: RuleGroup
    groups: tuple[RuleGroup, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def metrics(self) -> dict[str, Metric]:
        """What it declares, by the constant's name."""
        return {key: one for key, one in vars(self.metrics_module).items() if isinstance(one, Metric)}

    @property
    def roles(self) -> list[Role]:
        """Its parts."""
        return [one for one in vars(self.metrics_module).values() if isinstance(one, Role)]

    @property
    def numbers(self) -> dict[str, Query]:
        """What each function of its numbers gives."""
        made = vars(self.numbers_module).items()
        ours = {
            key: one for key, one in made if inspect.isfunction(one) and one.__module__ == self.numbers_module.__name__
        }
        return {key: function(*self._arguments(function)) for key, function in ours.items()}

    @property
    def limits(self) -> dict[str, Quantity]:
        """The quantities that its numbers declare."""
        return {key: one for key, one in vars(self.numbers_module).items() if isinstance(one, Quantity)}

    def alerts(self) -> Iterator[AlertRule]:
        """Every alert, siblings included."""
        return (rule for group in self.groups for rule in group.alerts())

    def recordings(self) -> Iterator[RecordingRule]:
        """Every recording."""
        return self.recording.recordings()

    @staticmethod
    def _arguments(function: object) -> list[object]:
        assert callable(function)
        parameters = inspect.signature(function).parameters.values()
        return [ARGUMENTS[one.name] for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]


def _load(name: str) -> Domain:
    metrics, numbers, recording, alerts = (
        import_module(f"queries.{name}.{module}") for module in ("metrics", "numbers", "recording", "alerts")
    )
    return Domain(name, metrics, numbers, recording.group, tuple(alerts.groups))


DOMAINS = {name: _load(name) for name in NAMES}

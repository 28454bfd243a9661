"""What every app of the service stands in: its settings, what is wrong, chance, where its lines and spans go."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TextIO

from opentelemetry.sdk.trace import SpanProcessor

from .faults import SCENARIOS, Plant
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Shared by the apps of one process.

    Attributes:
        settings: as the environment says.
        plant: what is wrong, and what was repaired.
        chance: the simulation's; seeded.
        lines: where logs go; stderr by default.
        spans: takes the spans, in a test.
        targets: the addresses of each job, once they are known.
    """

    settings: Settings
    plant: Plant
    chance: Random
    lines: TextIO | None = None
    spans: SpanProcessor | None = None
    targets: dict[str, list[str]] = field(default_factory=dict)


def around(
    settings: Settings, scenario: str = "healthy", lines: TextIO | None = None, spans: SpanProcessor | None = None
) -> Surroundings:
    """Surroundings of their own."""
    chance = Random(settings.seed)  # noqa: S311 - a simulation, and the same one again
    return Surroundings(settings, Plant(settings.cold_start, SCENARIOS[scenario]), chance, lines, spans)

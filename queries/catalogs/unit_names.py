"""Units by the words that people write: "seconds", "tokens per second", "usd per million tokens", "pizzas"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from queries import unit as units
from queries.unit import BYTES, JOULES, RATIO, SECONDS, Unit, counted

#: What people also measure in, by the unit that it is so many of.
SCALED: Mapping[str, tuple[Unit, float]] = {
    "nanoseconds": (SECONDS, 1e-9),
    "microseconds": (SECONDS, 1e-6),
    "minutes": (SECONDS, 60.0),
    "days": (SECONDS, 86400.0),
    "kilobytes": (BYTES, 1e3),
    "megabytes": (BYTES, 1e6),
    "gigabytes": (BYTES, 1e9),
    "kibibytes": (BYTES, 1024.0),
    "mebibytes": (BYTES, 1024.0**2),
    "gibibytes": (BYTES, 1024.0**3),
    "millijoules": (JOULES, 1e-3),
}
_SCALE = re.compile(r"(\d[\d.]*(?:e[+-]?\d+)?) x ")
#: A word may have blanks: "kv blocks" are counted.
_WORD = re.compile(r"(?P<word>[^\s*^\d](?:[^*^\n]*[^\s*^])?|1)(?:\^(?P<power>[1-9]))?")


def named(text: str) -> Unit:
    """The unit that a text means; what no table knows is counted.

    Raises:
        ValueError: it is no name of a unit; says why.
    """
    said = " ".join(text.split())
    known = _KNOWN.get(said.lower())
    if known is not None:
        return known
    scale = _SCALE.match(said)
    above, _, below = f" {said[scale.end() :] if scale else said}".partition(" per ")
    try:
        made = _product(above.strip() or "1")
        made = made / _product(below) if below else made
        made = made * Unit("", (), float(scale[1])) if scale else made
    except ZeroDivisionError:
        made = Unit("", (), 0)
    if not 0 < made.scale < float("inf"):
        raise ValueError(f"nothing is measured in {said!r}")
    return made


def _product(text: str) -> Unit:
    made = RATIO
    for part in text.split(" * "):
        factor = _WORD.fullmatch(part.strip())
        if factor is None or " per " in part:
            raise ValueError(f"{text!r} is no unit")
        unit = RATIO if factor["word"] == "1" else _word(factor["word"])
        for _ in range(int(factor["power"] or 1)):
            made = made * unit
    return made


def _word(text: str) -> Unit:
    word = text.lower()
    known = _KNOWN.get(word) or _KNOWN.get(f"{word}s")  # "tokens per second"
    if known is not None:
        return known
    of, scale = SCALED.get(word) or SCALED.get(f"{word}s") or (None, 1.0)
    return counted(text) if of is None else of * Unit("", (), scale)


def spelled(unit: Unit) -> str:
    """The name by which `named` finds the unit."""
    if unit.has_a_name and named(unit.name) == unit:
        return unit.name
    if unit in _WORDS:
        return _WORDS[unit]
    above = " * ".join(_power(base, power) for base, power in unit.dimension if power > 0) or "1"
    below = " * ".join(_power(base, -power) for base, power in unit.dimension if power < 0)
    said = f"{above} per {below}" if below else above
    return said if unit.scale == 1 else f"{unit.scale:.12g} x {said}"


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


_KNOWN: Mapping[str, Unit] = {one.name: one for one in vars(units).values() if isinstance(one, Unit)}
_WORDS: Mapping[Unit, str] = {of * Unit("", (), scale): word for word, (of, scale) in SCALED.items()}

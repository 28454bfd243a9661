"""Grafana's variables made parseable and put back: `$x`, `${x:regex}`, `[[x]]`, `$__rate_interval`.

A variable outside a string stands for a duration, a name or a number, and no parser knows which. Each occurrence is
replaced by a stand-in of the kind that its place asks for; the stand-ins survive into the tree and are put back there.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

VARIABLE = re.compile(r"\$\{([^{}]+)\}|\$(\w+)|\[\[([^\[\]:][^\[\]]*)\]\]")
#: Strings and comments; a string that nobody closed goes on to the end.
STRING = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*"?|\'[^\'\\]*(?:\\.[^\'\\]*)*\'?|`[^`]*`|#[^\n]*)', re.DOTALL)
TIMES = frozenset({"__rate_interval", "__interval", "__range", "__auto"})
NUMBERS = frozenset({"__interval_ms", "__range_ms", "__range_s", "__from", "__to"})
#: A stand-in is below 2^32, the parser's largest number of milliseconds, and nobody writes it by hand.
STAND_IN = 1_073_000_000
NAME = "__variable_"
#: What stands between a variable's name and how it is written: `${x:csv}`, `${x.text}`.
FORMAT = re.compile("[:.]")
#: What makes a number a duration: `[${__range_s}s]`; what stands before a duration.
UNIT = re.compile(r"(?:ms|[smhdwy])\b")
SPAN = re.compile(r"\[(?:[^\[\]]*:)?\s*$|\boffset\s*(?:-\s*)?$", re.IGNORECASE)
#: What makes a variable a part of something: that can only be a name.
WORD_BEFORE, WORD_AFTER = re.compile(r"[\w.]"), re.compile(r"[\w.$]|\[\[")
#: How many readings of one text are tried: three kinds for each of five variables.
READINGS = 243


class Reading(NamedTuple):
    """A text without variables, and what its stand-ins stand for.

    Attributes:
        text: what a parser can read.
        times: milliseconds that stand for a variable.
        names: identifiers that stand for one.
    """

    text: str
    times: Mapping[float, str]
    names: Mapping[str, str]

    def name(self, identifier: str) -> str:
        """The identifier as it was written, also where a variable is only a part of it."""
        for stand_in, variable in self.names.items():
            identifier = identifier.replace(stand_in, variable)
        return identifier


def readings(text: str) -> Iterator[Reading]:
    """Every way to read the text, the likeliest first; the text itself where there is no variable."""
    pieces, said = [""], []
    of_kinds: list[tuple[str, ...]] = []
    if "$" in text or "[[" in text:
        is_code = True
        for part in STRING.split(text):
            end = 0
            if is_code and ("$" in part or "[[" in part):
                for match in VARIABLE.finditer(part):
                    pieces[-1] += part[end : match.start()]
                    kinds, end = _kinds(match, "1".join(pieces))
                    of_kinds.append(kinds)
                    said.append(part[match.start() : end])
                    pieces.append("")
            pieces[-1] += part[end:]
            is_code = not is_code
    if not said:
        yield Reading(text, {}, {})
        return
    for kinds in itertools.islice(itertools.product(*of_kinds), READINGS):
        yield _reading(pieces, said, kinds)


def _kinds(match: re.Match[str], before: str) -> tuple[tuple[str, ...], int]:
    """What a variable can be at its place, the likeliest first, and where it ends: a unit behind it belongs to it."""
    after, end = match.string, match.end()
    name = next(filter(None, match.groups()))
    bare = FORMAT.split(name, maxsplit=1)[0]
    kinds: tuple[str, ...] = ("name", "number", "time")
    if bare in TIMES or SPAN.search(before):
        kinds = ("time",)
        unit = UNIT.match(after, end)
        end = unit.end() if unit else end
    elif bare in NUMBERS:
        kinds = ("number",)
    if WORD_BEFORE.match(before[-1:]) or WORD_AFTER.match(after, end):
        kinds = ("name",)
    return kinds, end


def _reading(pieces: list[str], said: list[str], kinds: tuple[str, ...]) -> Reading:
    text = pieces[0]
    times: dict[float, str] = {}
    names: dict[str, str] = {}
    for index, (variable, kind) in enumerate(zip(said, kinds, strict=True)):
        if kind == "name":
            stand_in = f"{NAME}{index}_"
            names[stand_in] = variable
        else:
            times[STAND_IN + index] = variable
            stand_in = f"{STAND_IN + index}{'ms' if kind == 'time' else ''}"
        text += stand_in + pieces[index + 1]
    return Reading(text, times, names)

"""Grafana's variables made parseable and put back: `$x`, `${x:regex}`, `[[x]]`, `$__rate_interval`.

A variable outside a string stands for a duration, a name or a number, and no parser knows which. Each occurrence is
replaced by a stand-in of the kind that its place asks for; the stand-ins survive into the tree and are put back there.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

VARIABLE = re.compile(r"\$\{([^}]+)\}|\$(\w+)|\[\[([^\[\]]+)\]\]")
#: Strings and comments; a string that nobody closed goes on to the end.
STRING = re.compile(r'("(?:\\.|[^"\\])*"?|\'(?:\\.|[^\'\\])*\'?|`[^`]*`|#[^\n]*)', re.DOTALL)
TIMES = frozenset({"__rate_interval", "__interval", "__range", "__auto"})
NUMBERS = frozenset({"__interval_ms", "__range_ms", "__range_s", "__from", "__to"})
#: A stand-in is below 2^32, the parser's largest number of milliseconds, and nobody writes it by hand.
STAND_IN = 1_073_000_000
NAME = "__variable_"
#: What makes a number a duration: `[${__range_s}s]`; what stands before a duration.
UNIT = re.compile(r"(?:ms|[smhdwy])\b")
SPAN = re.compile(r"\[(?:[^\]]*:)?\s*$|\boffset\s*-?\s*$", re.IGNORECASE)
#: What makes a variable a part of something: that can only be a name.
WORD_BEFORE, WORD_AFTER = re.compile(r"[\w.]$"), re.compile(r"[\w.$]|\[\[")
#: How many readings of one text are tried: three kinds for each of five variables.
READINGS = 243


@dataclass(frozen=True, slots=True)
class Reading:
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
    pieces: list[str] = [""]
    found: list[tuple[str, tuple[str, ...]]] = []
    before = ""
    for index, part in enumerate(STRING.split(text)):
        if index % 2:
            pieces[-1] += part
            before += part
            continue
        end = 0
        for match in VARIABLE.finditer(part):
            pieces[-1] += part[end : match.start()]
            before += part[end : match.start()]
            name = next(group for group in match.groups() if group)
            kinds, end = _kinds(name, before), match.end()
            if kinds == ("time",) and (unit := UNIT.match(part, end)):
                end = unit.end()
            if WORD_BEFORE.search(before) or WORD_AFTER.match(part, end):
                kinds = ("name",)
            found.append((part[match.start() : end], kinds))
            before += "1"
            pieces.append("")
        pieces[-1] += part[end:]
        before += part[end:]
    for kinds in itertools.islice(itertools.product(*(k for _, k in found)), READINGS):
        yield _reading(pieces, [said for said, _ in found], kinds)


def _kinds(name: str, before: str) -> tuple[str, ...]:
    bare = re.split("[:.]", name, maxsplit=1)[0]
    if bare in TIMES or SPAN.search(before):
        return ("time",)
    return ("number",) if bare in NUMBERS else ("name", "number", "time")


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

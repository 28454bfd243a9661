"""A `/metrics` page as text: Prometheus' format 0.0.4 and OpenMetrics 1.0, line by line, gzip or not.

What is kept of a name is what a catalog needs: which labels its samples have, which bounds, how great its values are.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.yaml_members import decoded

#: Bytes of a page, unpacked.
LONGEST = 64_000_000
GZIP = b"\x1f\x8b"
EOF = "# EOF"
#: So much of a wrong line is shown.
SHOWN = 50
#: The types of both formats; those of the second are told apart because a page of its must have an end.
TYPES = frozenset({"counter", "gauge", "histogram", "summary", "untyped"})
OPEN_TYPES = frozenset({"unknown", "info", "stateset", "gaugehistogram"})
#: A name, and what must follow it.
_BEGIN = re.compile(r"[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)?[ \t]*(?:(?<=[ \t])|(?=\{))")
_META = re.compile(r"#[ \t]+(HELP|TYPE|UNIT)[ \t]+(\"(?:[^\"\\]|\\.)*\"|[^ \t]+)(?:[ \t]+(.*))?")
_PAIR = re.compile(
    r"[ \t]*(?:(\"(?:[^\"\\]|\\.)*\")|([a-zA-Z_][a-zA-Z0-9_]*))[ \t]*(?:=[ \t]*\"((?:[^\"\\]|\\.)*)\"[ \t]*)?"
)
_NUMBER = (
    r"[+-]?(?:0[xX][0-9a-fA-F.]+(?:[pP][+-]?\d+)?"
    r"|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)"
)
_VALUE = re.compile(
    rf"[ \t]*({_NUMBER})(?:[ \t]+[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)?[ \t]*(?P<exemplar># *)?", re.IGNORECASE
)
_EXEMPLAR = re.compile(rf"[ \t]*{_NUMBER}(?:[ \t]+{_NUMBER})?[ \t]*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")


@dataclass(slots=True)
class Samples:
    """All samples of one name.

    Attributes:
        count: how many there are.
        labels: how many of them have each label, in the order of the page; one without a value counts as lacking.
        bounds: how many of them have each value of `le`.
        values: the different values of each label, `le` and `quantile` aside.
        least: the least of their values.
    """

    count: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    bounds: Counter[float] = field(default_factory=Counter)
    values: dict[str, set[str]] = field(default_factory=dict)
    least: float = inf


@dataclass(slots=True)
class Exposition:
    """A page.

    Attributes:
        samples: by the name on the wire, in the order of the page.
        types: what the page says of a name; likewise helps and units.
        names: every name that the page speaks of, in its order.
        adds_total: whether it is OpenMetrics, where a counter's name is said without its `_total`.
    """

    samples: dict[str, Samples] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    adds_total: bool = False

    def add(self, name: str, labels: Iterable[tuple[str, str]], value: float) -> None:
        """One more sample."""
        samples = self.samples.get(name)
        if samples is None:
            self.names.setdefault(name)
            samples = self.samples[name] = Samples()
        samples.count += 1
        samples.least = min(samples.least, value)
        for label, text in labels:
            # a label without a value is one that is not there; the page knows it all the same
            samples.labels[label] += 1 if text else 0
            if label == "le":
                samples.bounds[_bound(text)] += 1
            elif text and label != "quantile":
                samples.values.setdefault(label, set()).add(text)


def read_exposition(data: bytes, file: str, *, is_open: bool = False) -> Exposition:
    """What a page says; `is_open` where it is known to be OpenMetrics, whose page has an end.

    Raises:
        NotACatalog: it is broken, or was cut; says the line.
    """
    text = decoded(_unpacked(data, file), file, LONGEST)
    page = _Page(file, is_open=is_open)
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            page.line(line.rstrip("\r"))
        except _Broken as error:
            # behind the last line feed nothing should be
            what = f"{error.what}, and there the text ends: was it cut?" if number == len(lines) else error.what
            raise NotACatalog.at(file, number, what, column=error.column, fix=error.fix) from error
    page.end(len(lines), whole=not lines[-1].strip())
    return page.found


def _unpacked(data: bytes, file: str) -> bytes:
    if not data.startswith(GZIP):
        return data
    unzip = zlib.decompressobj(wbits=31)
    try:
        text = unzip.decompress(data, LONGEST + 1)
    except zlib.error as error:
        raise NotACatalog.at(file, 0, f"this is not gzip, although it begins so: {error}") from error
    if len(text) <= LONGEST and not unzip.eof:
        raise NotACatalog.at(file, 0, "the gzip stream ends in the middle: it was cut")
    return text


class _Broken(Exception):
    def __init__(self, what: str, column: int = 0, fix: str = "") -> None:
        super().__init__(what)
        self.what, self.column, self.fix = what, column, fix


class _Page:
    """Lines in, an exposition out; knows whether its end was seen."""

    def __init__(self, file: str, *, is_open: bool) -> None:
        self.file, self.found = file, Exposition()
        self.is_open, self.ended = is_open, False

    def line(self, line: str) -> None:
        if not line or line.isspace():
            return
        if self.ended:
            raise _Broken(f"text behind {EOF}", fix="one page at a time")
        text = line.strip(" \t")
        if text == EOF:
            self.ended = self.found.adds_total = True
        elif text.startswith("#"):
            self._about(text)
        else:
            self._sample(line)

    def end(self, last: int, *, whole: bool) -> None:
        """Says where the page was cut, as far as anybody can know."""
        if self.is_open and not self.ended:
            what = f"the page ends without {EOF}, and OpenMetrics has that as its last line: it was cut"
            raise NotACatalog.at(self.file, last, what)
        if not whole and not self.ended:
            fix = "if it is whole, end it with one"
            raise NotACatalog.at(self.file, last, "the last line has no line feed: the page was cut", fix=fix)
        if not self.found.names:
            raise NotACatalog.at(self.file, 0, "there is no metric in it", fix="is it what /metrics answers?")
        name = next(reversed(self.found.types), "")
        if self.found.types.get(name) == "histogram" and next(reversed(self.found.names)).startswith(name):
            parts = [self.found.samples.get(f"{name}_{part}", Samples()) for part in ("bucket", "sum", "count")]
            ends = {parts[0].bounds[inf], parts[1].count, parts[2].count}
            if len(ends) > 1 or (parts[0].count and ends == {0}):
                what = f'the page ends in the middle of {name}: a le="+Inf", a sum or a count lacks, so it was cut'
                raise NotACatalog.at(self.file, last, what)

    def _about(self, text: str) -> None:
        said = _META.fullmatch(text)
        if said is None:
            return  # a comment
        word, name, rest = said[1], _bare(said[2]), said[3] or ""
        if not name:
            raise _Broken(f"# {word} of no name")
        self.found.names.setdefault(name)
        if word == "HELP":
            self.found.helps.setdefault(name, _unescaped(rest).strip())
        elif word == "UNIT":
            self.is_open = True
            if rest:
                self.found.units.setdefault(name, rest)
        else:
            self._type(name, rest)

    def _type(self, name: str, kind: str) -> None:
        if kind not in TYPES and kind not in OPEN_TYPES:
            raise _Broken(f"{name} is of type {kind!r}", fix=f"one of {', '.join(sorted(TYPES | OPEN_TYPES))}")
        if self.found.types.setdefault(name, kind) != kind:
            raise _Broken(f"{name} is a {kind} here and a {self.found.types[name]} above")
        self.is_open = self.is_open or kind in OPEN_TYPES

    def _sample(self, line: str) -> None:
        begun = _BEGIN.match(line)
        if begun is None or not (begun[1] or line.startswith("{", begun.end())):
            word = line.split(maxsplit=1)[0][:SHOWN]
            if _BEGIN.match(f"{line} "):
                raise _Broken(f"{word} has no value")
            raise _Broken(f"{word!r} is no name of a metric", fix="is it what /metrics answers?")
        name, at = begun[1] or "", begun.end()
        labels: list[tuple[str, str]] = []
        if line.startswith("{", at):
            quoted, labels, at = _labels(line, at + 1)
            if bool(name) == bool(quoted):
                what = f"two names, {name} and {quoted}" if name else "labels without a name"
                raise _Broken(what, begun.end() + 1)
            name = name or quoted
        value = _VALUE.match(line, at)
        if value is None:
            rest = line[at:].strip()[:SHOWN]
            raise _Broken(f"{rest!r} is no value" if rest else f"{name} has no value", at + 1)
        at = value.end()
        if value["exemplar"]:
            self.is_open = True
            at = _exemplar(line, at)
        if at != len(line):
            raise _Broken(f"{line[at:].strip()[:SHOWN]!r} behind the value", at + 1)
        self.found.add(name, labels, _float(value[1]))


def _labels(line: str, at: int) -> tuple[str, list[tuple[str, str]], int]:
    """The name that stands among the labels, if one does, the labels, and where they end."""
    name, seen = "", set[str]()
    labels: list[tuple[str, str]] = []
    while True:
        while line[at : at + 1] in (" ", "\t"):
            at += 1
        if line[at : at + 1] == "}":
            return name, labels, at + 1
        pair = _PAIR.match(line, at)
        if pair is None:
            raise _Broken("a label must stand here", at + 1, '{label="value"}')
        label, said = pair[2] or _bare(pair[1]), pair[3]
        if said is None and pair[1] and not name:
            name = label
        elif said is None:
            raise _Broken(f"label {label!r} has no value", at + 1, f'{label}="..."')
        elif label in seen:
            raise _Broken(f"label {label!r} stands there twice", at + 1)
        else:
            seen.add(label)
            labels.append((label, _unescaped(said)))
        at = pair.end()
        if line[at : at + 1] == ",":
            at += 1
        elif line[at : at + 1] != "}":
            raise _Broken("a comma or } must stand here", at + 1)


def _exemplar(line: str, at: int) -> int:
    if line[at : at + 1] != "{":
        raise _Broken("an exemplar begins with {", at + 1)
    _, _, at = _labels(line, at + 1)
    value = _EXEMPLAR.match(line, at)
    if value is None:
        raise _Broken("an exemplar has a value", at + 1)
    return value.end()


def _bare(name: str) -> str:
    """A name without the quotes that UTF-8 needs."""
    return _unescaped(name[1:-1]) if name.startswith('"') else name


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda one: "\n" if one[1] == "n" else one[1], text) if "\\" in text else text


def _float(text: str) -> float:
    try:
        return float.fromhex(text) if "x" in text.lower() else float(text)
    except (ValueError, OverflowError):  # two points in it, or more than a float can hold
        raise _Broken(f"{text[:SHOWN]!r} is no value") from None


def _bound(text: str) -> float:
    try:
        bound = float(text)
    except ValueError:
        bound = float("nan")
    if bound != bound:  # noqa: PLR0124 - what is no number is not itself
        raise _Broken(f"le is {text!r}, which is no bound")
    return bound

"""Random queries over the world: everything that PromQL 2.42 has, and contradictions that people write."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from tests.prometheus.inference.words import (
    AGGREGATIONS,
    COMPARISONS,
    COUNTERS,
    GROUPS,
    LABELS,
    NAMES,
    ON_VECTORS,
    ON_WINDOWS,
    REGEXES,
    VALUES,
    WINDOWS,
)

_T = TypeVar("_T")

DEPTH = 3


class Grammar:
    """Queries by chance; the same seed says the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - repeatable is what a test wants

    def query(self) -> str:
        """A query, a number now and then."""
        return self.scalar(DEPTH) if self.likely(0.02) else self.vector(DEPTH)

    def ratio(self) -> str:
        """A part of something through the whole of it, grouped and matched by chance."""
        name = self.one_of(COUNTERS[:4])
        own = [*NAMES[name], "job", "instance"]
        shared = [self.matcher(label) for label in own if self.likely(0.15)]
        more = [self.matcher(label) for label in self.some(own, 2)]
        part, whole = (f"{name}{{{','.join(said)}}}" for said in ([*shared, *more], shared))
        form = self.one_of((self.rated, self.summed, self.grouped, self.grouped))(own)
        left, right = form.format(part), form.format(whole)
        if self.likely(0.2):
            left, right = right, left
        scale, factor = self.one_of(("{}", "{} * 100", "100 * {}", "-{}")), self.one_of(("", "", " * 100"))
        matching = self.one_of(("", "", "", self.matching(own)))
        return f"{scale.format(left)} {self.one_of('//-%')} {matching}{right}{factor}"

    def vector(self, depth: int) -> str:
        """Series."""
        if not depth or self.likely(0.1):
            return self.select() if self.likely(0.9) else self.one_of(("vector(1)", "vector(0)", "hour()"))
        kinds: tuple[tuple[int, Callable[[int], str]], ...] = (
            (18, self.over_window),
            (24, self.aggregate),
            (12, self.call),
            (8, self.special),
            (12, self.with_scalar),
            (10, self.set_operator),
            (18, self.matched),
            (6, self.compared_to_itself),
        )
        weights, makers = [weight for weight, _ in kinds], [make for _, make in kinds]
        (make,) = self.chance.choices(makers, weights)
        return make(depth - 1)

    def scalar(self, depth: int) -> str:
        """A number."""
        kind = self.chance.random()
        if kind < 0.7 or not depth:
            return self.one_of(("0", "1", "2", "0.5", "100", "-3", "1e9", "time()", "pi()", "NaN", "Inf", "$k"))
        if kind < 0.85:
            return f"scalar({self.vector(depth - 1)})"
        op = self.one_of(("+", "*", "/", "> bool", "== bool", "^", "%"))
        return f"({self.scalar(depth - 1)} {op} {self.scalar(depth - 1)})"

    # The parts of a query ------------------------------------------------------------------------

    def select(self) -> str:
        """A selector with its modifiers."""
        return self.series() + self.moment()

    def series(self, name: str = "") -> str:
        """A name and matchers, none of them now and then."""
        if not name and self.likely(0.04):
            return self.one_of(
                ('{__name__=~"memory_.*"}', "$selector", '{job="j",zone="eu"}', '{__name__="up",job="j"}')
            )
        name = name or self.one_of(tuple(NAMES))
        labels = [*NAMES[name], *NAMES[name], "job", "instance"]
        said = []
        for _ in range(self.one_of((0, 0, 0, 1, 1, 2, 3))):
            label = self.one_of(LABELS if self.likely(0.15) else labels)
            said.append(self.matcher(label))
            if self.likely(0.1):
                said.append(self.matcher(label))
        return f"{name}{{{','.join(said)}}}" if said else name

    def matcher(self, label: str) -> str:
        """One condition on a label."""
        value, other = self.one_of(VALUES[label]), self.one_of(VALUES[label])
        op = self.one_of(("=", "=", "=", "!=", "=~", "=~", "!~"))
        if op in ("=", "!="):
            value = self.one_of((value, value, value, value, ""))
        elif self.likely(0.6):
            value = self.one_of(REGEXES).format(value, other)
        if op in ("=~", "!~"):
            value = value.replace("+Inf", "[+]Inf")
        return f'{label}{op}"{value}"'.replace("\\", "\\\\")

    def moment(self) -> str:
        """When: mostly now."""
        if self.likely(0.85):
            return ""
        return self.one_of(
            (" offset 5m", " offset -5m", " @ 900", " @ start()", " @ end() offset 10m", " offset $window")
        )

    def labels(self, most: int = 3, *more: str) -> str:
        """A list of labels as it stands in parentheses."""
        return ", ".join(dict.fromkeys([*self.some(GROUPS, most), *more]))

    def window(self, depth: int) -> str:
        """Samples over a span: of a selector, or of a subquery."""
        if depth and self.likely(0.2):
            span = self.one_of(("5m:", "20m:1m", "5m:30s", "7s:1m"))
            return f"({self.vector(depth - 1)})[{span}]{self.moment()}"
        return f"{self.series()}[{self.one_of(WINDOWS)}]{self.moment()}"

    def matching(self, labels: Sequence[str] = GROUPS) -> str:
        """Which labels partners share, and which side may be many."""
        if self.likely(0.4):
            return ""
        said = list(dict.fromkeys(self.some(labels, 3)))
        by = f"{self.one_of(('on', 'on', 'ignoring'))} ({', '.join(said)}) "
        if self.likely(0.6):
            return by
        copied = [one for one in dict.fromkeys(self.some(GROUPS, 2)) if one not in said]
        return f"{by}{self.one_of(('group_left', 'group_left', 'group_right'))} ({', '.join(copied)}) "

    # Every kind of vector ------------------------------------------------------------------------

    def over_window(self, depth: int) -> str:
        """A function of a window."""
        if self.likely(0.15):
            form = self.one_of(("quantile_over_time(0.9, {})", "predict_linear({}, 60)", "quantile_over_time($k, {})"))
            return form.format(self.window(depth))
        if self.likely(0.5):
            return f"{self.one_of(('rate', 'increase'))}({self.series(self.one_of(COUNTERS))}[{self.one_of(WINDOWS)}])"
        return f"{self.one_of(ON_WINDOWS)}({self.window(depth)})"

    def aggregate(self, depth: int) -> str:
        """An aggregation, also those with a parameter."""
        kind, of = self.chance.random(), self.vector(depth)
        by = self.one_of(("", f"by ({self.labels()}) ", f"by ({self.labels()}) ", f"without ({self.labels()}) "))
        if kind < 0.75:
            return f"{self.one_of(AGGREGATIONS)} {by}({of})"
        if kind < 0.85:
            return f"{self.one_of(('topk', 'bottomk'))} {by}({self.one_of(('1', '2', '0', '$k'))}, {of})"
        if kind < 0.92:
            return f"quantile {by}({self.one_of(('0.5', '2', '$k'))}, {of})"
        label = self.one_of(("value", "endpoint", "job", "$one"))
        return f'count_values {by}("{label}", {of})'

    def call(self, depth: int) -> str:
        """A function of a vector."""
        of = self.vector(depth)
        if self.likely(0.2):
            form = self.one_of(("clamp({}, {}, {})", "clamp_min({}, {})", "clamp_max({}, {})", "round({}, {})"))
            return form.format(of, self.scalar(1), self.scalar(1))
        if self.likely(0.1):
            return f"(-{of})"
        return f"{self.one_of(ON_VECTORS)}({of})"

    def special(self, depth: int) -> str:
        """What is made of nothing, relabelled, or read from buckets."""
        kind = self.chance.random()
        if kind < 0.3:
            by = self.one_of(
                (
                    "{}",
                    "sum by (le) ({})",
                    f"sum by ({self.labels(3, 'le')}) ({{}})",
                    f"sum by ({self.labels()}) ({{}})",
                )
            )
            of = by.format(self.one_of((f"rate({self.series('latency_seconds_bucket')}[5m])", self.vector(depth))))
            return f"histogram_quantile({self.one_of(('0.9', '$k', self.scalar(0)))}, {of})"
        if kind < 0.33:
            return f"histogram_fraction(0, 1, {self.vector(depth)})"
        if kind < 0.5:
            return self.one_of((f"vector({self.scalar(1)})", "month()", f"absent({self.select()})"))
        if kind < 0.6:
            return f"absent_over_time({self.window(0)})"
        target = self.one_of(("new", "status", "job", "zone", "le", "$one"))
        if kind < 0.85:
            new, regex = self.one_of(("$1", "fixed", "", "x")), self.one_of(("(.*)", "(.+)", "x"))
            return f'label_replace({self.vector(depth)}, "{target}", "{new}", "{self.one_of(LABELS)}", "{regex}")'
        return f'label_join({self.vector(depth)}, "{target}", "-", "{self.one_of(LABELS)}", "{self.one_of(LABELS)}")'

    def with_scalar(self, depth: int) -> str:
        """An operator between series and a number, on either side."""
        op = self.one_of(("*", "/", "+", "-", "%", "^", *COMPARISONS))
        op += self.one_of(("", "", " bool")) if op in COMPARISONS else ""
        sides = [self.vector(depth), self.scalar(1)]
        self.chance.shuffle(sides)
        if not any("(" in side or side[0].isalpha() for side in sides):
            return self.select()
        return f"({sides[0]} {op} {sides[1]})"

    def set_operator(self, depth: int) -> str:
        """`and`, `or`, `unless`; `or vector(0)` too."""
        op = self.one_of(("and", "or", "or", "unless"))
        on = self.one_of(("", "", f"on ({self.labels(2)}) ", f"ignoring ({self.labels(2)}) "))
        other = self.one_of(("vector(0)", self.vector(depth), self.vector(depth)))
        return f"({self.vector(depth)} {op} {on}{other})"

    def matched(self, depth: int) -> str:
        """An operator between series."""
        op = self.one_of(("/", "/", "-", "+", "*", "%", "^", "atan2", ">", "<", "==", "!= bool", "> bool"))
        if self.likely(0.3):
            name = self.one_of(tuple(NAMES))
            sides = self.series(name), self.series(name)
        elif self.likely(0.4):
            by = f"sum by ({self.labels()})"
            sides = f"{by} ({self.vector(depth)})", f"{by} ({self.vector(depth)})"
        else:
            sides = self.vector(depth), self.vector(depth)
        return f"({sides[0]} {op} {self.matching()}{sides[1]})"

    def compared_to_itself(self, depth: int) -> str:
        """What by_itself looks for, and expressions that are nearly so."""
        if self.likely(0.5):
            return f"({self.ratio()})"
        of = self.vector(depth)
        return f"({of} {self.one_of(('/', '-', '%', '>', '==', '>= bool', '!=', '< bool'))} {of})"

    def rated(self, _: Sequence[str]) -> str:
        """Each series alone."""
        return "rate({}[5m])"

    def summed(self, _: Sequence[str]) -> str:
        """All of them together."""
        return "sum(rate({}[5m]))"

    def grouped(self, labels: Sequence[str]) -> str:
        """Some labels kept, or taken away."""
        op = self.one_of(("sum", "sum", "sum", "max", "count"))
        return f"{op} {self.one_of(('by', 'without'))} ({', '.join(self.some(labels, len(labels)))}) (rate({{}}[5m]))"

    # Chance --------------------------------------------------------------------------------------

    def likely(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.chance.random() < share

    def one_of(self, things: Sequence[_T]) -> _T:
        """One of them."""
        return self.chance.choice(things)

    def some(self, things: Sequence[_T], most: int) -> list[_T]:
        """None to so many of them."""
        return self.chance.sample(things, self.chance.randint(0, min(most, len(things))))

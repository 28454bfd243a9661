"""What a number is measured in: units, their algebra, how Grafana and a person read them.

A unit is a product of powers of base dimensions and a scale, so that `tokens / second` and `usd / token` need no table:
tokens x usd/token is usd. Two units of one dimension and scale are one unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from queries.source import Mistake

Dimension = tuple[tuple[str, int], ...]
HUMANIZE = "{{ $value | humanize }}"


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a number is.

    Attributes:
        name: for messages, in the plural: "requests per second".
        dimension: powers of the base dimensions, sorted; () is a pure number.
        scale: how many of the dimension's base unit one of this is (a percent is 0.01).
        grafana: Grafana's id of the unit.
        symbol: what stands behind a value: "9.7 req/s".
        template: how Prometheus' annotation templates print a value.
        adds_up: whether a sum of such values means anything (a sum of percentages does not).
    """

    name: str
    dimension: Dimension = ()
    scale: float = 1.0
    grafana: str = field(default="short", compare=False)
    symbol: str = field(default="", compare=False)
    template: str = field(default=HUMANIZE, compare=False)
    adds_up: bool = field(default=True, compare=False)

    def __call__(self, value: float) -> Quantity:
        """So much of it: `SECONDS(2)`."""
        return Quantity(value, self)

    def __mul__(self, other: Unit) -> Unit:
        if not other.dimension and other.scale == 1:
            return self
        powers = dict(self.dimension)
        for base, power in other.dimension:
            powers[base] = powers.get(base, 0) + power
        return _named(powers, self.scale * other.scale)

    def __truediv__(self, other: Unit) -> Unit:
        return self * Unit("", tuple((b, -p) for b, p in other.dimension), 1 / other.scale)

    def __str__(self) -> str:
        return self.name

    @property
    def has_a_name(self) -> bool:
        """Whether people use it: seconds, percent, tokens per hour; 0.9 x seconds is none of them."""
        return (self.dimension, self.scale) in _KNOWN

    def says(self, value: float) -> str:
        """The value as a person would say it: "1.38 s", "0.76 %", "$10.90"."""
        from queries.reading import say  # noqa: PLC0415 - building pages never says a value

        return say(value, self)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit: a limit, a price, a window's length."""

    value: float
    unit: Unit

    def to(self, unit: Unit) -> Quantity:
        """The same amount in another unit of the same dimension; Mistake where there is none."""
        if unit == self.unit:
            return self
        if unit.dimension != self.unit.dimension:
            raise Mistake(f"{self.value:g} {self.unit} is no amount of {unit}")
        # rounded to 12 digits: 5 percent is 0.05 and not 0.05000000000000001
        return Quantity(float(f"{self.value * self.unit.scale / unit.scale:.12g}"), unit)

    def __str__(self) -> str:
        return self.unit.says(self.value)


def counted(name: str, symbol: str = "") -> Unit:
    """A unit of things that one counts: `counted("pizzas")`."""
    return _register(Unit(name, ((name, 1),), symbol=symbol))


_KNOWN: dict[tuple[Dimension, float], Unit] = {}


def _register(unit: Unit) -> Unit:
    return _KNOWN.setdefault((unit.dimension, unit.scale), unit)


def _named(powers: dict[str, int], scale: float) -> Unit:
    dimension = tuple(sorted((base, power) for base, power in powers.items() if power))
    scale = float(f"{scale:.12g}")
    known = _KNOWN.get((dimension, scale))
    if known is not None:
        return known
    above = " ".join(_power(b, p) for b, p in dimension if p > 0) or "1"
    below = " ".join(_power(b, -p) for b, p in dimension if p < 0)
    name = f"{above} per {below}" if below else above
    # not registered: whoever divides by a thousand different numbers would fill the memory
    return Unit(name if scale == 1 else f"{scale:g} x {name}", dimension, scale)


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


_DURATION = "{{ $value | humanizeDuration }}"
_PERCENTAGE = "{{ $value | humanizePercentage }}"

RATIO = _register(Unit("ratio", (), 1.0, "percentunit", "", _PERCENTAGE, adds_up=False))
PERCENT = _register(Unit("percent", (), 0.01, "percent", "%", '{{ $value | printf "%.1f" }}%', adds_up=False))
#: A flag has a dimension of its own, so that nobody takes it for a ratio; its average is one.
BOOL = _register(Unit("bool", (("bool", 1),), 1.0, "bool_yes_no", "", "{{ $value }}", adds_up=False))
SCORE = _register(Unit("score", (("score", 1),), 1.0, "none", "", '{{ $value | printf "%.2f" }}', adds_up=False))
#: How many times as fast as something else; a dimension of its own, so that nobody reads 14.4 as 1440 %.
TIMES = _register(Unit("times", (("times", 1),), 1.0, "suffix: x", "x", "{{ $value | humanize }}x", adds_up=False))
SECONDS = _register(Unit("seconds", (("seconds", 1),), 1.0, "s", "s", _DURATION))
MILLISECONDS = _register(Unit("milliseconds", (("seconds", 1),), 0.001, "ms", "ms", '{{ $value | printf "%.0f" }}ms'))
HOURS = _register(Unit("hours", (("seconds", 1),), 3600.0, "h", "h"))
#: A point in time, in Unix seconds. Two of them differ by seconds; their sum means nothing.
TIMESTAMP = _register(
    Unit(
        "timestamp",
        (("timestamp", 1),),
        1.0,
        "dateTimeAsIso",
        "",
        "{{ $value | humanizeTimestamp }}",
        adds_up=False,
    )
)
BYTES = _register(Unit("bytes", (("bytes", 1),), 1.0, "bytes", "B", "{{ $value | humanize1024 }}B"))
USD = _register(Unit("usd", (("usd", 1),), 1.0, "currencyUSD", "$", '${{ $value | printf "%.2f" }}'))
CELSIUS = _register(
    Unit(
        "celsius",
        (("celsius", 1),),
        1.0,
        "celsius",
        "°C",
        '{{ $value | printf "%.0f" }}°C',
        adds_up=False,
    )
)
WATTS = _register(Unit("watts", (("watts", 1),), 1.0, "watt", "W"))
JOULES = _register(Unit("joules", (("seconds", 1), ("watts", 1)), 1.0, "joule", "J"))
TOKENS = counted("tokens", "tok")
REQUESTS = counted("requests", "req")
CALLS = counted("calls", "calls")
CHARACTERS = counted("characters", "chars")
DOCUMENTS = counted("documents", "docs")
SESSIONS = counted("sessions")
TASKS = counted("tasks")
PREDICTIONS = counted("predictions")
VERDICTS = counted("verdicts")
#: What a histogram's `_count` counts when nobody says what its observations are.
EVENTS = counted("events")

_PER_SECOND = {
    REQUESTS: ("reqps", "req/s"),
    CALLS: ("cps", "calls/s"),
    BYTES: ("binBps", "B/s"),
    EVENTS: ("eps", "events/s"),
    TOKENS: ("suffix: tok/s", "tok/s"),
    DOCUMENTS: ("suffix: docs/s", "docs/s"),
    TASKS: ("suffix: tasks/s", "tasks/s"),
    PREDICTIONS: ("suffix: predictions/s", "predictions/s"),
    VERDICTS: ("suffix: verdicts/s", "verdicts/s"),
}


def _per(unit: Unit, time: Unit, grafana: str, symbol: str) -> Unit:
    powers = dict(unit.dimension)
    powers["seconds"] = powers.get("seconds", 0) - 1
    dimension = tuple(sorted(powers.items()))
    return _register(
        Unit(
            f"{unit.name} per {time.name.removesuffix('s')}",
            dimension,
            float(f"{unit.scale / time.scale:.12g}"),
            grafana,
            symbol,
            unit.template if unit is USD else HUMANIZE,
        )
    )


for _unit, (_id, _symbol) in _PER_SECOND.items():
    _per(_unit, SECONDS, _id, _symbol)
for _unit in (TOKENS, REQUESTS, CALLS, DOCUMENTS, TASKS, PREDICTIONS, EVENTS, VERDICTS):
    _per(_unit, HOURS, "short", f"{_unit.symbol or _unit.name}/h")
_per(USD, HOURS, "currencyUSD", "$/h")
USD_PER_TOKEN = USD / TOKENS
#: As price lists say it.
USD_PER_MILLION_TOKENS = _register(
    Unit("usd per million tokens", USD_PER_TOKEN.dimension, 1e-6, "currencyUSD", "$/Mtok")
)
REQUESTS_PER_SECOND = REQUESTS / SECONDS

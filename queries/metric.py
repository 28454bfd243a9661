"""What a service exposes: counters, gauges, histograms, summaries, their labels and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from queries.labels import LABEL, NAME, RESERVED_LABELS, TARGET, Label
from queries.source import Mistake, Source, did_you_mean, here
from queries.unit import BOOL, EVENTS, Unit

RESERVED_SUFFIXES = ("_total", "_bucket", "_sum", "_count", "_created")


@dataclass(frozen=True, slots=True)
class Role:
    """A part of a domain that is scraped under a job of its own.

    Attributes:
        domain: "ai_app".
        name: "model_server".
        job: the default job; `dash.toml` can rename it: `[jobs] "ai_app.model_server" = "..."`.
        assumed: why the job is a guess. A guess may not silence an alert: rules then name the job only where the
            metric's name alone does not say whose it is.
    """

    domain: str
    name: str
    job: str
    assumed: str = ""

    def __str__(self) -> str:
        return f"{self.domain}.{self.name}"

    @property
    def up(self) -> Gauge:
        """Prometheus' own verdict on each target of this role: 1 when the last scrape worked."""
        return Gauge(
            "up",
            "Whether the last scrape of the target worked.",
            BOOL,
            role=self,
            shared_with="every job",
            low=0,
            high=1,
        )


def what_is(said: object) -> str:
    """How a mistake speaks of what stands where another metric should: "q is a gauge", "'5m' is a str"."""
    return f"{said.name} is a {said.kind}" if isinstance(said, Metric) else f"{said!r} is a {type(said).__name__}"


@dataclass(frozen=True, slots=True)
class Metric:
    """One name on a `/metrics` page, without the series that a histogram or summary adds to it.

    Attributes:
        name: as exposed.
        help: what it measures, one sentence.
        unit: of a value; for a counter, of what is counted.
        labels: its own labels; `job` and `instance` are on every series besides.
        role: whose it is.
        since: the first version of the service that has it; `until` the last; `renamed_from` its old name.
        read_in: the document or exposition that the facts come from.
        assumed: what of it no document says, and why we believe it.
        odd_name: why a name stays that breaks the conventions.
        shared_with: the other roles that export this name, so that the name alone does not say whose a series is.
        targets: the labels that scraping adds; a recorded series bears those that its number keeps.
        own: its own labels, each with its closed set.
        label_names: every label that a series of it bears: its own, then the target's.
    """

    name: str
    help: str
    unit: Unit
    labels: Sequence[str | Label] = ()
    role: Role | None = None
    since: str = ""
    until: str = ""
    renamed_from: str = ""
    read_in: str = ""
    assumed: str = ""
    odd_name: str = ""
    shared_with: str = ""
    targets: tuple[str, ...] = TARGET
    source: Source = field(default_factory=here, compare=False, repr=False)
    own: tuple[Label, ...] = field(init=False, compare=False, repr=False)
    label_names: tuple[str, ...] = field(init=False, compare=False, repr=False)

    kind: ClassVar[str] = "metric"

    def __post_init__(self) -> None:
        if not isinstance(self.unit, Unit):
            raise self.wrong(f"{self.unit!r} is no unit", "BYTES, or counted('things')")
        if _version(self.since) > _version(self.until) and self.until:
            raise self.wrong(f"it came in {self.since} and went in {self.until}", "swap them")
        if isinstance(self.labels, str):
            raise self.wrong(f"its labels are one text: {self.labels!r}", f"labels=[{self.labels!r}]")
        own = tuple(Label(one) if isinstance(one, str) else one for one in self.labels)
        object.__setattr__(self, "labels", own)
        object.__setattr__(self, "own", own)
        object.__setattr__(self, "label_names", tuple(one.name for one in own) + self.targets)
        self._check_labels(own)
        self._check_name()

    @property
    def names_its_job(self) -> bool:
        """Whether a rule's selector of it bears the role's job, however the jobs are called."""
        if self.role is None or "job" not in self.targets:
            return False
        return bool(self.shared_with) or not self.role.assumed

    def values_of(self, name: str) -> tuple[str, ...]:
        """The closed set of a label's values; empty where it is open."""
        return next((one.values for one in self.own if one.name == name), ())

    def check_label(self, name: str) -> None:
        """Mistake unless a series of it bears the label."""
        if name not in self.label_names:
            fix = did_you_mean(name, self.label_names)
            raise Mistake(f"{self.name} has no label {name!r}", fix=fix)

    def wrong(self, what: str, fix: str = "") -> Mistake:
        """A mistake in this declaration, at the line of whoever wrote it."""
        return Mistake(f"{self.kind} {self.name!r}: {what}", fix=fix, where=self.source)

    def _check_labels(self, own: tuple[Label, ...]) -> None:
        names = [one.name for one in own]
        for one in own:
            if names.count(one.name) > 1:
                raise self.wrong(f"label {one.name!r} stands there twice")
            if one.name in RESERVED_LABELS:
                raise self.wrong(f"label {one.name!r} is Prometheus' own", "leave it out")
            if not LABEL.fullmatch(one.name) and not self.odd_name:
                raise self.wrong(f"{one.name!r} is no label name", "or say why: odd_name=...")
            if len(set(one.values)) < len(one.values):
                raise self.wrong(f"a value of label {one.name!r} stands there twice")

    def _check_name(self) -> None:
        if self.odd_name:
            return
        if not NAME.fullmatch(self.name):
            raise self.wrong("this is no metric name", "letters, digits and _, or odd_name=...")
        for suffix in RESERVED_SUFFIXES:
            if self.name.endswith(suffix):
                raise self.wrong(f"the suffix {suffix} belongs to another type", "rename it, or odd_name=...")


@dataclass(frozen=True, slots=True)
class Counter(Metric):
    """Only goes up, and starts again at 0 with the process: read it through `rate` or `increase`."""

    kind: ClassVar[str] = "counter"

    def _check_name(self) -> None:
        if ("seconds", -1) in self.unit.dimension:
            raise self.wrong(f"it counts, so its unit is no rate ({self.unit})", "unit of one count")
        if not self.unit.adds_up:
            raise self.wrong(f"{self.unit} does not add up, so nothing can count it", "a Gauge?")
        if not self.odd_name and not self.name.endswith("_total"):
            raise self.wrong("a counter's name ends in _total", "rename it, or odd_name=...")
        if not NAME.fullmatch(self.name) and not self.odd_name:
            raise self.wrong("this is no metric name", "letters, digits and _, or odd_name=...")


@dataclass(frozen=True, slots=True)
class Gauge(Metric):
    """Goes up and down: read it with `total`, `average`, `maximum`, `minimum` or `latest`.

    Attributes:
        low: the least value that it can have; `high` the greatest. None where there is no limit.
    """

    low: float | None = None
    high: float | None = None

    kind: ClassVar[str] = "gauge"


@dataclass(frozen=True, slots=True)
class Histogram(Metric):
    """Counts observations in buckets: read it through `quantile`, `mean` and `share_below`.

    Attributes:
        buckets: the upper bounds, rising, in the unit; +Inf is there besides.
        counts: what one observation is: requests, calls, predictions.
    """

    buckets: tuple[float, ...] = ()
    counts: Unit = EVENTS

    kind: ClassVar[str] = "histogram"

    def __post_init__(self) -> None:
        Metric.__post_init__(self)
        if not self.buckets:
            raise self.wrong("it has no buckets", "buckets=(0.1, 0.5, 1, ...)")
        if any(high <= low for low, high in zip(self.buckets, self.buckets[1:], strict=False)):
            raise self.wrong(f"its buckets do not rise: {self.buckets}")
        if self.buckets[-1] == float("inf"):
            raise self.wrong("the bucket +Inf is always there", "leave it out")

    @property
    def count(self) -> Counter:
        """How many observations there were."""
        return _series(self, "_count", self.counts)

    @property
    def sum(self) -> Counter:
        """All observations added up."""
        return _series(self, "_sum", self.unit)


@dataclass(frozen=True, slots=True)
class Summary(Metric):
    """Counts and adds up observations, and forgets how they were spread: read it through `mean`."""

    counts: Unit = EVENTS

    kind: ClassVar[str] = "summary"

    @property
    def count(self) -> Counter:
        """How many observations there were."""
        return _series(self, "_count", self.counts)

    @property
    def sum(self) -> Counter:
        """All observations added up."""
        return _series(self, "_sum", self.unit)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _series(of: Histogram | Summary, suffix: str, unit: Unit) -> Counter:
    addable = unit if unit.adds_up else replace(unit, adds_up=True)
    return Counter(
        of.name + suffix,
        of.help,
        addable,
        of.labels,
        role=of.role,
        read_in=of.read_in,
        odd_name=f"a series of the {of.kind} {of.name}",
        shared_with=of.shared_with,
        targets=of.targets,
        source=of.source,
    )

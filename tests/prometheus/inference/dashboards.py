"""The queries of real dashboards, series for them made by chance, and a catalog that tells of these."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from queries.catalog import NOTHING, Catalog, Catalogs
from queries.exposed import Exposed
from queries.expr import Aggregate, Binary, Expr, Select, Subquery, Variable, Window, selects, walk
from queries.labels import Label
from queries.parse import NotPromQL, parse
from queries.template import VARIABLE
from tests.prometheus.inference.answers import BATCH, Answer, Asked, answers
from tests.prometheus.inference.world import rising

#: What a label's variable stands for.
VALUE = "v"
LE = ("0.1", "1", "+Inf")
SERIES = 8


@dataclass(slots=True)
class Written:
    """What queries say of a name: the labels that they use with it and the values that they compare these with."""

    labels: dict[str, set[str]] = field(default_factory=dict)

    def uses(self, label: str, *values: str) -> None:
        """Takes note of a label."""
        if label != "__name__" and not VARIABLE.search(label):
            self.labels.setdefault(label, {VALUE}).update(values)


class World:
    """Series by chance for all names of some queries; the same seed makes the same ones.

    Attributes:
        variables: what stands for each variable: a duration, a number, a label or a value, as its place asks for.
        samples: by the name of the metric: its series.
        catalogs: the states of knowledge in which the queries are judged.
    """

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - repeatable is what a test wants
        trees = list(_trees(texts))
        self.variables = {name: said for tree in trees for name, said in _variables(tree)}
        made = {name: self._made(name, written) for name, written in sorted(_written(trees).items())}
        self.samples = {name: series for name, (_, series) in made.items()}
        catalog = Catalog("dashboards", tuple(metric for metric, _ in made.values()))
        self.catalogs: Mapping[str, Catalogs] = {"no catalog": NOTHING, "a catalog": Catalogs((catalog,))}

    def ask(self, queries: list[str], folder: Path) -> Mapping[str, Answer]:
        """What Prometheus says to the queries over the series of the names in them."""
        batches = []
        for at in range(0, len(queries), BATCH):
            part = queries[at : at + BATCH]
            names = {select.name for text in part for select in selects(parse(text))}
            samples = {one: values for name in sorted(names) for one, values in self.samples.get(name, {}).items()}
            batches.append(Asked(samples, part))
        return answers(batches, folder)

    def _made(self, name: str, written: Written) -> tuple[Exposed, dict[str, str]]:
        optional = frozenset(one for one in sorted(written.labels) if one != "le" and self.chance.random() < 0.2)
        values = {label: sorted(said) for label, said in sorted(written.labels.items())}
        if name.endswith("_bucket"):
            values["le"] = list(LE)
        labels = tuple(Label(one, tuple(said) if self.chance.random() < 0.6 else ()) for one, said in values.items())
        series = {}
        for _ in range(SERIES):
            has = {one: self.chance.choice(said) for one, said in values.items()}
            kept = [
                f'{one}="{value}"' for one, value in has.items() if one not in optional or self.chance.random() < 0.5
            ]
            series[f"{name}{{{','.join(kept)}}}" if kept else name] = rising(self.chance.randint(0, 9))
        return Exposed(name, labels=labels, optional=optional, targets=()), series


def _trees(texts: Iterable[str]) -> Iterator[Expr]:
    for text in texts:
        try:
            yield parse(text)
        except NotPromQL:
            continue


def _variables(tree: Expr) -> Iterator[tuple[str, str]]:
    """A stand-in for each variable that is not part of a name."""
    for node in walk(tree):
        places: tuple[tuple[str, tuple[str, ...]], ...] = ()
        match node:
            case Select(match=match, offset=offset):
                places = ((VALUE, tuple(one.value for one in match)), ("5m", (offset,)))
            case Window(span=span):
                places = (("5m", (span,)),)
            case Subquery(span=span, step=step):
                places = (("5m", (span,)), ("1m", (step,)))
            case Aggregate(by=by):
                places = (("instance", by),)
            case Variable(text):
                places = (("2", (text,)),)
        for stand_in, texts in places:
            for text in texts:
                yield from ((next(filter(None, one.groups())), stand_in) for one in VARIABLE.finditer(text))


def _written(trees: Iterable[Expr]) -> dict[str, Written]:
    """What the queries say of every name."""
    found: dict[str, Written] = {}
    for tree in trees:
        grouped = [label for node in walk(tree) for label in _labels(node)]
        for select in selects(tree):
            if not select.name or VARIABLE.search(select.name):
                continue
            written = found.setdefault(select.name, Written())
            for label in ("job", "instance", *grouped):
                written.uses(label)
            for one in select.match:
                written.uses(one.label, *_values(one.value))
    return found


def _labels(node: Expr) -> tuple[str, ...]:
    match node:
        case Aggregate(by=by):
            return by
        case Binary(matching=matching) if matching is not None:
            return (*matching.labels, *matching.include)
    return ()


def _values(said: str) -> tuple[str, ...]:
    """The values that a matcher names: the parts of `a|b`."""
    return tuple(one for one in said.split("|") if one and one.replace("-", "").replace("_", "").isalnum())

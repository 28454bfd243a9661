"""Trees that Prometheus accepts, of every kind of node, for the laws of printing and parsing."""

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queries.duration import spelled
from queries.expr import Aggregate, Binary, Call, Expr, Match, Matching, Minus, Number, Select, Subquery, Text, Window
from queries.promql import number

DEPTH = 3
DAY = 86_400_000
ARITHMETIC = ("+", "-", "*", "/", "%", "^", "atan2")
COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
SETS = ("and", "or", "unless")
#: Words of the language where a name or a label stands.
WORDS = (
    *("sum", "by", "on", "bool", "inf", "NaN", "offset", "without", "and", "or", "atan2", "start", "end", "ignoring"),
    *("group_left", "smoothed", "count_values", "le", "job"),
)
REGEXES = (".+", "5..", "a|b", r"x\.y", "(?i)err.*", "[^0-9]+", r"\d+")
#: Any character: a lone surrogate is none, and `$` and `[` could begin one of Grafana's variables.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="$[")

Exprs = st.SearchStrategy[Expr]

texts = st.text(CHARACTERS | st.sampled_from("\\\"'`\n\t\r\x00\x07{}#,"), max_size=8)
identifiers = st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]{0,6}", fullmatch=True)
label_names = st.one_of(identifiers, st.sampled_from(WORDS), texts.filter(bool)).filter("__name__".__ne__)
metric_names = st.one_of(st.from_regex(r"[a-zA-Z_:][a-zA-Z0-9_:]{0,8}", fullmatch=True), label_names)
lengths = st.one_of(st.integers(1, 5_000), st.integers(1, 4000 * DAY), st.sampled_from([300_000, 3_600_000, 7 * DAY]))
durations = lengths.map(spelled)
offsets = st.one_of(
    st.just(""), st.builds(lambda length, sign: spelled(length * sign), lengths, st.sampled_from([1, -1]))
)
moments = st.one_of(
    st.sampled_from(["", "", "start()", "end()"]),
    st.integers(0, 4_000_000_000_000).map(lambda milliseconds: number(milliseconds / 1000)),
)
numbers = st.one_of(
    st.floats(),
    st.integers(-10, 10).map(float),
    st.sampled_from([float("inf"), float("-inf"), float("nan"), -0.0, 1e22, 1e-7, 0.1, 5e-324]),
).map(Number)
matchers = st.one_of(
    st.builds(Match, label_names, st.sampled_from(["=", "!="]), texts),
    st.builds(Match, label_names, st.sampled_from(["=~", "!~"]), st.sampled_from(REGEXES)),
)


def _sorted(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, unique=True, max_size=most).map(lambda some: tuple(sorted(some)))


@st.composite
def selects(draw: st.DrawFn) -> Select:
    """Series: named, or without a name and with a matcher that an empty value does not match."""
    match = draw(_sorted(matchers, 3))
    name = draw(st.one_of(st.just(""), metric_names, metric_names))
    if not name:
        of_name = st.builds(Match, st.just("__name__"), st.sampled_from(["=~", "!~", "!="]), st.just("a.+"))
        needed = draw(st.one_of(st.just(Match("job", "=", "x")), st.just(Match("a", "=~", ".+")), of_name))
        anchor = Match("job", "!=", "")
        match = tuple(sorted({*match, needed, anchor}))
    return Select(name, match, offset=draw(offsets), at=draw(moments))


@cache
def scalars(depth: int = DEPTH) -> Exprs:
    """Single numbers."""
    leaves: Exprs = st.one_of(numbers, st.sampled_from([Call("time"), Call("pi")]))
    if not depth:
        return leaves
    below = scalars(depth - 1)
    return st.one_of(
        leaves,
        st.builds(Binary, st.sampled_from(ARITHMETIC), below, below),
        st.builds(Binary, st.sampled_from(COMPARISONS), below, below, returns_bool=st.just(value=True)),
        st.builds(Minus, below.filter(_no_number)),
        st.builds(lambda of: Call("scalar", (of,)), vectors(depth - 1)),
    )


@cache
def vectors(depth: int = DEPTH) -> Exprs:
    """Instant vectors."""
    if not depth:
        return selects()
    below = vectors(depth - 1)
    return st.one_of(selects(), calls(depth), aggregates(depth), binaries(depth), st.builds(Minus, below))


@cache
def matrices(depth: int = DEPTH) -> Exprs:
    """Ranges of samples."""
    steps = st.one_of(st.just(""), durations)
    plain: Exprs = st.builds(Window, selects(), durations)
    return st.one_of(plain, plain, st.builds(Subquery, vectors(depth), durations, steps, offsets, moments))


@cache
def calls(depth: int) -> Exprs:
    """Functions of every signature."""
    vector, scalar, matrix = vectors(depth - 1), scalars(depth - 1), matrices(depth - 1)
    words = texts.map(Text)
    signatures: dict[str, tuple[Exprs, ...]] = {
        "abs": (vector,),
        "absent": (vector,),
        "clamp": (vector, scalar, scalar),
        "histogram_quantile": (scalar, vector),
        "hour": (),
        "label_join": (vector, words, words, words, words),
        "label_replace": (vector, words, words, words, words),
        "predict_linear": (matrix, scalar),
        "quantile_over_time": (scalar, matrix),
        "rate": (matrix,),
        "round": (vector, scalar),
        "vector": (scalar,),
    }
    return st.one_of([st.builds(Call, st.just(name), st.tuples(*args)) for name, args in signatures.items()])


@cache
def aggregates(depth: int) -> Exprs:
    """Every aggregation, `by` and `without`."""
    of = vectors(depth - 1)
    params: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("sum", "avg", "count", "group", "stddev"), st.none()),
        **dict.fromkeys(("topk", "bottomk", "quantile"), scalars(depth - 1)),
        "count_values": texts.map(Text),
    }
    kept = _sorted(label_names)
    return st.one_of(
        [st.builds(Aggregate, st.just(op), of, kept, st.booleans(), param) for op, param in params.items()],
    )


@st.composite
def binaries(draw: st.DrawFn, depth: int) -> Binary:
    """Operators between vectors, and between a vector and a number."""
    vector, scalar = vectors(depth - 1), scalars(depth - 1)
    op = draw(st.sampled_from(ARITHMETIC + COMPARISONS + SETS))
    kinds = [(vector, vector)] if op in SETS else [(vector, vector), (vector, scalar), (scalar, vector)]
    left, right = draw(st.sampled_from(kinds))
    matching = draw(st.one_of(st.none(), matchings(sets=op in SETS))) if left is right is vector else None
    returns_bool = op in COMPARISONS and draw(st.booleans())
    return Binary(op, draw(left), draw(right), matching, returns_bool)


@st.composite
def matchings(draw: st.DrawFn, *, sets: bool) -> Matching:
    """Which labels make partners; none is in `on` and in `group_left` at once, and set operators have no groups."""
    labels = draw(_sorted(label_names))
    ignoring = draw(st.booleans())
    group = "" if sets else draw(st.sampled_from(["", "left", "right"]))
    others = label_names if ignoring else label_names.filter(lambda one: one not in labels)
    include = draw(_sorted(others)) if group else ()
    return Matching(labels, ignoring, group, include)  # type: ignore[arg-type]


def _no_number(expr: Expr) -> bool:
    return not isinstance(expr, Number)


trees: Exprs = st.one_of(vectors(), vectors(), scalars(), matrices(), texts.map(Text))


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """So many of them, the same on each run."""
    found: list[Any] = []

    @settings(max_examples=count, deadline=None, database=None, derandomize=True)
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found

"""From numbers to a panel's queries: what each series is called, and that no two are called the same."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_uppercase

from panels.panel import Format, Target
from queries import Mistake, Query


def asked(
    title: str, queries: Sequence[Query], *, instant: bool = False, output: Format = "time_series"
) -> tuple[Target, ...]:
    """The queries in order. A lone number without labels and name is called as its panel: it is what that is about."""
    if len(queries) > 1 and not all(query.legend for query in queries):
        raise Mistake(f"panel {title!r} asks several numbers, and one has no name", fix='name it: .named("...")')
    legends = [query.legend or title for query in queries]
    for legend, count in Counter(legends).items():
        if count > 1:
            fix = 'name them: .named("...")'
            raise Mistake(f"panel {title!r}: {count} numbers are called {legend!r} in its legend", fix=fix)
    pairs = zip(queries, legends, strict=True)
    return tuple(Target(query, legend, output, instant) for query, legend in pairs)


def is_one_line(queries: Sequence[Query]) -> bool:
    """Whether there is but one series, so that no legend is needed."""
    return len(queries) == 1 and not queries[0].labels


@lru_cache(128)
def letters(index: int) -> str:
    """Grafana's name of a panel's query, by its place: A, B, .. Z, AA, AB."""
    if index < len(ascii_uppercase):
        return ascii_uppercase[index]
    before, own = divmod(index, len(ascii_uppercase))
    return letters(before - 1) + ascii_uppercase[own]

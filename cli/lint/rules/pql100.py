"""PQL100: a metric that no catalog knows."""

import re

from cli.lint.around import is_alternative
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.catalog import Catalogs
from queries.exposed import Exposed
from queries.expr import Select
from queries.known import Known
from queries.labels import NAME

#: What Prometheus makes itself.
OWN = frozenset({"ALERTS", "ALERTS_FOR_STATE"})
#: First words that many services' metrics share, so that no catalog owns them.
_EVERYBODYS = """ai api app cache client container cpu db disk go gpu grpc http inference jvm kube llm memory ml model
    network node nodejs prediction predictions process python queue rag request requests rpc server service sql system
    token tokens total training"""
EVERYBODYS = frozenset(_EVERYBODYS.split())
#: How many metrics with one first word, at least half of all, make it a catalog's own.
OWNED = 2
CLOSE = 0.88
#: A word that was mistyped is a word, and still looks like itself; `p95` and `p99`, `ml` and `llm` are two.
WORD, ALIKE = re.compile(r"[a-zA-Z]{4,}"), 0.75


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Select) or not asked.catalogs:
        return
    if known.series is not None:
        if known.series.of.until and not is_alternative(asked, known) and _is_first(known, asked):
            yield _gone(known.series.of, known, asked)
        return
    name, catalogs = node.name, asked.catalogs
    if name in OWN or not NAME.fullmatch(name) or any(name.startswith(one) for one in catalogs.external):
        return
    if not _is_first(known, asked):
        return
    renamed = next((new for old, new in _renamed(catalogs) if old == name), "")
    close = renamed or _close(name, catalogs)
    strict = catalogs.strict or asked.settings.strict
    slip = renamed or (close and _is_slip(name, close))
    sure = (strict or slip or _is_owned(name, catalogs)) and not is_alternative(asked, known)
    hint = f"it is called {renamed} now" if renamed else f"did you mean {close}?" if close else ""
    if not hint and not sure:
        hint = "if it comes from elsewhere: external in dash.toml, or a catalog of its own with --catalog"
    severity = None if sure else Severity.WARNING
    yield Fault(f"no catalog knows the metric {name}", known, hint, severity=severity)


def _is_first(known: Known, asked: Asked) -> bool:
    """Whether the expression has not spoken of the metric before: it is told once."""
    for one in asked.known.walk() if asked.known is not None else ():
        if one is known:
            return True
        if isinstance(one.node, Select) and _metric(one) == _metric(known):
            return False
    return True


def _metric(known: Known) -> str:
    return known.series.of.name if known.series is not None else known.names[0] if known.names else ""


def _gone(of: Exposed, known: Known, asked: Asked) -> Fault:
    new = next((one.name for c in asked.catalogs.catalogs for one in c.metrics if one.renamed_from == of.name), "")
    hint = f"it is called {new} now" if new else ""
    return Fault(
        f"{of.name} is gone: {of.until} was the last version to have it", known, hint, severity=Severity.WARNING
    )


def _renamed(catalogs: Catalogs) -> list[tuple[str, str]]:
    """Every former name and today's, those of a histogram's series included."""
    return [
        (old + part, one.name + part)
        for catalog in catalogs.catalogs
        for one in catalog.metrics
        if (old := one.renamed_from)
        for part in ("", "_bucket", "_sum", "_count")
    ]


def _close(name: str, catalogs: Catalogs) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a metric that is not known pays for it

    return next(iter(get_close_matches(name, catalogs.names, n=1, cutoff=CLOSE)), "")


def _is_slip(name: str, close: str) -> bool:
    """Whether a name is surely the other one, mistyped: word by word, for with another word it is another metric."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - as above

    mine, its = name.removesuffix("_total").split("_"), close.removesuffix("_total").split("_")
    return len(mine) == len(its) and all(
        one == two or (WORD.fullmatch(one) and WORD.fullmatch(two) and SequenceMatcher(None, one, two).ratio() >= ALIKE)
        for one, two in zip(mine, its, strict=True)
    )


def _is_owned(name: str, catalogs: Catalogs) -> bool:
    """Whether a catalog has several metrics with this first word, so that it would have this one."""
    first = _first(name)
    if first in EVERYBODYS or first == name:
        return False
    return any(
        sum(_first(one.name) == first for one in catalog.metrics) >= max(OWNED, len(catalog.metrics) / 2)
        for catalog in catalogs.catalogs
        if not catalog.recorded
    )


def _first(name: str) -> str:
    return name.replace(":", "_").partition("_")[0]


RULE = Rule(
    id="PQL100",
    title="a metric that does not exist",
    severity=Severity.ERROR,
    why="""A query about a metric that nobody exposes is no error to Prometheus: it has no result. The panel says "No
    data" for ever, and the alert never fires; both look like a quiet day. A catalog says what there is; a name that is
    nearly one of its own, or begins like them, is a mistake.""",
    wrong=Example("rate(http_request_total[5m])"),
    right=Example("rate(http_requests_total[5m])"),
    also=("pint promql/series",),
    causes=("metric",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)

"""What `dash explain` does: find what is meant, infer, judge, tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cli import config
from cli.commands import _lint
from cli.errors import AuthoringError, UsageError
from cli.explain.find import Found, anywhere, close_to, in_file, may_be_a_name, named
from cli.explain.machine import machine
from cli.explain.text import text, without_expression
from cli.explain.told import Told, told
from cli.explain.words import usual_reader
from cli.lint import configured
from cli.lint.check import check
from cli.lint.example import inputs as typed
from cli.lint.finding import Finding
from cli.lint.question import recordings
from cli.lint.reading import read, read_build
from cli.lint.rule import Example, Rule
from cli.lint.settings import Settings
from cli.lint.spot import Path as MemberPath
from cli.lint.spot import Spot
from cli.lint.subject import Inputs
from cli.lint.suppressed import suppressed
from queries.infer import infer
from queries.inference.recorded import with_recordings
from queries.known import Known
from queries.parse import NotPromQL, parse
from queries.template import VARIABLE

if TYPE_CHECKING:
    from queries.catalog import Catalogs

OURS = "build"
#: About a page's variables; what somebody types stands on no page.
OF_A_PAGE = "PQL005"


class House(NamedTuple):
    """By what it is judged."""

    rules: tuple[Rule, ...]
    settings: Settings
    catalogs: Catalogs


def explained(what: str, names: Sequence[str], *, as_json: bool) -> str:
    """The answer."""
    found, others = _explained(what, names)
    if as_json:
        return machine(found, others)
    return "\n\n".join([*(text(one) for one in found), *(without_expression(one) for one in others)])


def _explained(what: str, names: Sequence[str]) -> tuple[list[Told], list[Finding]]:
    """Every expression that is meant, and what is wrong with its panel or rule as a whole."""
    file = in_file(what)
    if file is not None and Path(file[0]).is_file():
        house = _house(names, ours=False)
        inputs = read([file[0]], stdin=bytes, settings=house.settings)
        for unreadable in inputs.unreadable:
            where = str(unreadable).removesuffix(f": {unreadable.why}")
            raise AuthoringError(unreadable.why, where=where, fix=unreadable.fix)
        return _in_context(anywhere(file[1], inputs, file[0]), inputs, house)
    house = _house(names, ours=True)
    inputs = Inputs()
    # a colon is how the names of recording rules are written
    if (may_be_a_name(what) or ":" in what) and Path(OURS).is_dir():
        inputs = read_build(Path(OURS), house.settings)
        found = named(what, inputs)
        if found is not None:
            return _in_context(found, inputs, house)
    return [_alone(what, inputs, house)], []


def _house(names: Sequence[str], *, ours: bool) -> House:
    from cli.lint.rules import all_rules  # noqa: PLC0415 - a test says which

    rules = all_rules()
    settings = configured.read(config.here(), "", frozenset(rule.id for rule in rules)).settings
    settings = settings._replace(catalogs=(*settings.catalogs, *names))
    return House(rules, settings, _lint.catalogs_of(settings, ours=ours))


def _in_context(found: Found, inputs: Inputs, house: House) -> tuple[list[Told], list[Finding]]:
    """What is asked on a page or in a group, judged where it stands."""
    findings = check(inputs, house.catalogs, house.settings, house.rules).findings
    ids = frozenset(rule.id for rule in house.rules)
    left = suppressed(findings, inputs, house.settings, _lint.today(), ids).findings
    catalogs = with_recordings(house.catalogs, recordings(inputs))
    explained = []
    told_of: set[Finding] = set()
    for one in found.asked:
        mine = tuple(finding for finding in left if _is_about(finding, one.spot, one.expr))
        told_of |= {*mine}
        explained.append(told(one.expr, _inferred(one.expr, catalogs, one.where), one.reader, mine, one.where))
    others = [one for one in left if one not in told_of and any(_is_at(one, spot) for spot in found.spots)]
    return explained, others


def _alone(expr: str, inputs: Inputs, house: House) -> Told:
    """What somebody typed, judged as if it stood in a panel or an alert."""
    catalogs = with_recordings(house.catalogs, recordings(inputs))
    try:
        known = _inferred(expr, catalogs)
    except AuthoringError:
        if may_be_a_name(expr):
            raise UsageError(
                f"there is no panel and no rule {expr!r}", fix=close_to(expr, inputs) or _names(inputs)
            ) from None
        raise
    if may_be_a_name(expr) and (meant := close_to(expr, inputs)) and not any(map(catalogs.find, known.names)):
        raise UsageError(f"there is no panel, no rule and no metric {expr!r}", fix=meant)
    # with a variable of Grafana's in it, it can only be from a page
    reader = "panel" if VARIABLE.search(expr) else usual_reader(known)
    findings = check(typed(Example(promql=expr, reader=reader)), catalogs, house.settings, house.rules).findings
    return told(expr, known, reader, tuple(one for one in findings if one.expr and one.rule != OF_A_PAGE))


def _inferred(expr: str, catalogs: Catalogs, where: str = "") -> Known:
    try:
        return infer(parse(expr), catalogs)
    except NotPromQL as error:
        raise AuthoringError(f"this is no PromQL: {error}", where=where) from error


def _is_about(finding: Finding, spot: Spot, expr: str) -> bool:
    return _is_at(finding, spot) and finding.expr == expr


def _is_at(finding: Finding, spot: Spot) -> bool:
    """Whether it stands at the place or below it."""
    path = _spelled(spot.path)
    below = finding.place.path.removeprefix(path)
    at = finding.place.path.startswith(path) and (not below or below[0] in ".[")
    return finding.place.file == spot.document.file and at


def _spelled(path: MemberPath) -> str:
    """As findings name it: `panels[2].targets[0]`."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")


def _names(inputs: Inputs) -> str:
    pages = ", ".join(page.uid for page in inputs.pages)
    return f"the pages are {pages}" if pages else "dash build, then name a panel (UID/TITLE) or a rule"

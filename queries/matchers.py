"""What stands in braces, and the name before them, hidden from the parser: a house asks in a few shapes only.

Matchers that it has accepted once stand in the text as a single plain one, and are put back into the tree. A plain one
makes a selector as little empty as they do, so that whatever else the parser looks at stays the same. With the names
hidden too, `sum(rate(a{b="c"}[5m]))` and `sum(rate(d{e="f"}[5m]))` are one text to it, and one tree to who keeps trees.
"""

import re
from collections.abc import Callable, Mapping
from string import ascii_letters, digits
from typing import NamedTuple, TypeAlias

from queries.expr import Aggregate, Binary, Call, Expr, Match, Minus, Select, Subquery, Window
from queries.template import STRING

Matchers: TypeAlias = tuple[Match, ...]
_PLAIN = r"""[^{}"'`#]*"""
_QUOTED = r"""(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')"""
#: Braces, with the metric's name if it stands in quotes; strings and comments, so that nothing in them is taken for
#: some. Without the group around them each alternative begins with a character, to which `re` leaps.
BRACES = re.compile(
    rf"\{{(?P<name>\s*{_QUOTED}\s*,)?(?P<said>{_PLAIN}(?:{_QUOTED}{_PLAIN})*)\}}|{STRING.pattern[1:-1]}", re.DOTALL
)
STAND_IN = "__selected_"
LETTERS = ascii_letters + "_"
#: What a name is made of; before it stands none of PARTS, which make it a piece of a variable or of a number.
IN_NAMES = LETTERS + digits + ":"
PARTS = ("$", "}", "]", ".")
#: The parser's own words that have an underscore.
WORDS = frozenset({"count_values", "limit_ratio", "group_left", "group_right", "fill_left", "fill_right"})


class Hidden(NamedTuple):
    """What a stand-in stands for: the metric's name, empty where it stands in the text still, and the matchers."""

    name: str
    match: Matchers


def without_selectors(text: str, accepted: Callable[[str], Matchers | None]) -> tuple[str, Mapping[str, Hidden]]:
    """The text with one matcher in each pair of braces, and what its label, and the name before it, stand for.

    Args:
        text: without raw strings.
        accepted: the matchers that stand in braces; None where the parser does not take them as they are.
    """
    if "{" not in text or STAND_IN in text:
        return text, {}
    pieces: list[str] = []
    selected: dict[str, Hidden] = {}
    end = 0
    for found in BRACES.finditer(text):
        said = found["said"]
        match = accepted(said) if said else None
        if match is None:
            continue
        before, quoted = text[end : found.start()], found["name"] or ""
        name = "" if quoted else _name(before)
        stand_in = f"{STAND_IN}{len(selected)}_"
        selected[stand_in] = Hidden(name, match)
        shown = f"{before.removesuffix(name)}{stand_in}" if name else before
        pieces.append(f'{shown}{{{quoted}{stand_in}="_"}}')
        end = found.end()
    return "".join((*pieces, text[end:])), selected


def _name(before: str) -> str:
    """The name that a text ends with; empty where it ends with none, or with what may be something else."""
    rest = before.rstrip(IN_NAMES)
    name = before[len(rest) :]
    # a word without a joint may be the parser's own, today's or tomorrow's: `sum`, `by`, `anchored`, `inf`
    sure = name[:1] in LETTERS and ("_" in name or ":" in name) and name.lower() not in WORDS
    return name if sure and not rest.endswith(PARTS) else ""


def with_selectors(expr: Expr, selected: Mapping[str, Hidden]) -> Expr:
    """The tree with what its stand-ins stand for."""
    kind = type(expr)
    if kind is Select:
        return _selector(expr, selected)  # type: ignore[arg-type] # the type was just looked at, as below: `match` is slow
    if kind is Window:
        return Window(_selector(expr.of, selected), expr.span)  # type: ignore[arg-type, union-attr]
    if kind is Call:
        return Call(expr.function, tuple([with_selectors(one, selected) for one in expr.args]))  # type: ignore[union-attr]
    if kind is Aggregate:
        return _aggregate(expr, selected)  # type: ignore[arg-type]
    if kind is Binary:
        left, right = with_selectors(expr.left, selected), with_selectors(expr.right, selected)  # type: ignore[union-attr]
        return Binary(expr.op, left, right, expr.matching, expr.returns_bool)  # type: ignore[union-attr]
    match expr:
        case Subquery(of, span, step, offset, at):
            return Subquery(with_selectors(of, selected), span, step, offset, at)
        case Minus(of):
            return Minus(with_selectors(of, selected))
    return expr


def _aggregate(expr: Aggregate, selected: Mapping[str, Hidden]) -> Aggregate:
    of, param = with_selectors(expr.of, selected), expr.param
    if param is not None:
        param = with_selectors(param, selected)
    return Aggregate(expr.op, of, expr.by, expr.without, param)


def _selector(expr: Select, selected: Mapping[str, Hidden]) -> Select:
    """A selector as it was written; one that says a name in quotes has matchers besides the one that is hidden."""
    name, match = expr.name, expr.match
    if len(match) == 1:
        hidden = selected.get(match[0].label)
        return expr if hidden is None else Select(hidden.name or name, hidden.match, None, expr.offset, expr.at)
    said = [one for each in match for one in (selected[each.label].match if each.label in selected else (each,))]
    return Select(name, tuple(sorted(said)), None, expr.offset, expr.at)

"""The data sources that pages name: those that are not there, and pages pinned to others. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.grafana.model import DataSource
from cli.grafana.shown import shown

#: What Grafana has by itself.
OWN = frozenset({"", "grafana", "-- Grafana --", "-- Mixed --", "-- Dashboard --", "__expr__", "-100", "default"})
#: How many pages, or data sources, are named.
NAMED = 3
#: Where in a page data sources are named: the rest of it, which is most of it, is not looked through.
WITHIN = frozenset({"annotations", "list", "options", "panels", "rows", "targets", "templating"})

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """How a page names a data source: by its uid (or its name, as old pages do), or as a variable, by its type."""

    uid: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """A data source that is named and not there.

    Attributes:
        name: as it is named.
        what: what is wrong, and for which pages.
        fix: what to do.
    """

    name: str
    what: str
    fix: str


def named(page: Json) -> frozenset[Reference]:
    """What a page leaves neither to a variable nor to Grafana, and the types that its variables want."""
    return frozenset((*_fixed(page), *(Reference(type=_type(one)) for one in _variables(page) if _type(one))))


def pinned(page: Json, pins: Mapping[str, DataSource]) -> dict[str, Any]:
    """The page with other data sources.

    Args:
        page: a page, or a library panel's model.
        pins: the data source for a type, which variables of that type then show, and for a uid that is named.
    """
    made: dict[str, Any] = _replaced(page, pins)
    if any(_type(one) in pins for one in _variables(made)):
        variables = [_shows(one, pins) for one in made["templating"]["list"]]
        made["templating"] = {**made["templating"], "list": variables}
    return made


def lacking(
    references: Mapping[str, Collection[Reference]], sources: Collection[DataSource], pins: Mapping[str, str]
) -> Iterator[Lack]:
    """What pages name and this Grafana lacks.

    Args:
        references: those of each page, by what people call the page.
        sources: those that it has.
        pins: uids of the data sources for types, and for uids that are named.
    """
    users: dict[Reference, list[str]] = defaultdict(list)
    for name, said in references.items():
        for wanted in {Reference(one.uid, "" if one.uid else one.type) for one in said}:
            users[wanted].append(name)
    known = {one.uid for one in sources} | {one.name for one in sources}
    types, type_of = {one.type for one in sources}, {one.uid: one.type for one in sources}
    for one in sorted(users, key=lambda one: (one.uid, one.type)):
        whom, pin = _some(users[one]), pins.get(one.type, "")
        if one.uid:
            if one.uid not in known and one.uid not in pins:
                what = f"no data source has the uid or name {shown(one.uid)!r}, for {whom}"
                yield Lack(one.uid, what, f"dash push --datasource {shown(one.uid)}=UID, {_one_of(sources)}")
        elif pin in type_of and type_of[pin] != one.type:
            what = f"the data source {pin!r} is no {shown(one.type)}, and a variable shows no other, for {whom}"
            yield Lack(one.type, what, _one_of(source for source in sources if source.type == one.type))
        elif one.type not in types and not pin:
            what = f"there is no data source of the type {shown(one.type)}, for {whom}"
            yield Lack(one.type, what, f"make one, in Grafana: Connections, {shown(one.type)}")


def unknown(pins: Mapping[str, str], sources: Collection[DataSource]) -> Iterator[Lack]:
    """Data sources that pages are to be pinned to, and that nobody has."""
    uids = {one.uid for one in sources}
    for name, uid in sorted(pins.items()):
        if uid not in uids:
            yield Lack(name, f"no data source has the uid {shown(uid)!r}", _one_of(sources))


def _variables(page: Json) -> Iterator[Json]:
    templating = page.get("templating")
    variables = templating.get("list") if isinstance(templating, dict) else None
    return (one for one in (variables if isinstance(variables, list) else ()) if isinstance(one, dict))


def _type(variable: Any) -> str:
    """The type of the data sources among which a variable lets people choose; empty for any other variable."""
    kind = variable.get("query") if isinstance(variable, dict) and variable.get("type") == "datasource" else None
    return kind if isinstance(kind, str) else ""


def _fixed(page: Json) -> Iterator[Reference]:
    rest: list[Any] = [page]
    while rest:
        said = rest.pop()
        if isinstance(said, list):
            rest += said
        elif isinstance(said, dict):
            source = said.get("datasource")
            if source is not None and (uid := _uid(source)):
                yield Reference(uid, str(source.get("type") or "") if isinstance(source, dict) else "")
            rest += [said[key] for key in WITHIN if said.get(key)]


def _uid(source: Any) -> str:
    """The data source that is named, as a person names one; empty where Grafana or a variable decides."""
    uid = source.get("uid") if isinstance(source, dict) else source
    return uid if isinstance(uid, str) and uid not in OWN and "$" not in uid and "[[" not in uid else ""


def _replaced(said: Any, pins: Mapping[str, DataSource]) -> Any:
    if isinstance(said, list):
        return [_replaced(one, pins) for one in said]
    if not isinstance(said, dict):
        return said
    made = {key: _replaced(value, pins) if key in WITHIN else value for key, value in said.items()}
    old = made.get("datasource")
    if pin := pins.get(_uid(old)):
        kind = {"type": pin.type} if isinstance(old, dict) and "type" in old and pin.type else {}
        made["datasource"] = {**old, "uid": pin.uid, **kind} if isinstance(old, dict) else pin.uid
    return made


def _shows(variable: Any, pins: Mapping[str, DataSource]) -> Any:
    """A variable that shows a data source: Grafana looks for it by its name, from 10.1 on by its uid."""
    pin = pins.get(_type(variable))
    if pin is None or pin.type not in ("", _type(variable)):
        return variable
    text, value = ([pin.name], [pin.uid]) if variable.get("multi") else (pin.name, pin.uid)
    return {**variable, "current": {"text": text, "value": value}}


def _some(users: list[str]) -> str:
    more = f" and {len(users) - NAMED} more" if len(users) > NAMED else ""
    return f"{', '.join(users[:NAMED])}{more}"


def _one_of(sources: Iterable[DataSource]) -> str:
    known = ", ".join(f"{one.uid} ({one.type})" for one in sources)
    return shown(f"one of: {known}" if known else "make one first, in Grafana: Connections")

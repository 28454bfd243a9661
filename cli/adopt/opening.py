"""Where the lists of groups of a document stand: in a rule file, a Kubernetes resource, what a ruler answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from cli.adopt.strict import Strict
from cli.lint.reading.contents import contents, documents, is_ours
from cli.lint.reading.members import mapping, text
from cli.lint.reading.source import Inside
from cli.lint.reading.stops import Stops
from cli.lint.reading.vocabulary import misnamed_groups
from cli.lint.spot import Path
from cli.lint.subject import Group

#: Where the tools of Mimir and Loki say in which folder a file belongs.
NAMESPACE = "namespace"
LOKI = "loki.grafana.com/"
#: YAML is read up to this size, in bytes: somebody asked for this very file.
MOST = 50_000_000


class Opening(NamedTuple):
    """A list of groups: who reads it, its path, what its wrapping is called, and whether it is a rule file itself."""

    strict: Strict
    path: Path
    name: str = ""
    is_bare: bool = False


def openings(strict: Strict, path: Path = ()) -> Iterator[Opening]:
    """Each list of groups at a path of a document, in their order."""
    value = strict.at(path)
    if isinstance(value, dict) and "apiVersion" in value and "kind" in value:
        yield from _resource(strict, value, path)
    elif isinstance(value, dict) and "groups" in value and "apiVersion" in value:
        strict.refuse(path, "this provisions rules that Grafana evaluates, and Prometheus does not")
    elif isinstance(value, dict) and "groups" in value:
        if NAMESPACE in value:
            why = "its namespace is left out: a rule file of Prometheus has none"
            strict.notes.append(strict.about((*path, NAMESPACE), why))
        strict.known(path, ("groups", NAMESPACE), "a rule file")
        yield Opening(strict, (*path, "groups"), is_bare=True)
    elif isinstance(value, dict) and (wrong := misnamed_groups(value)) is not None:
        strict.misnamed((*path, *wrong.path), str(wrong))
        yield Opening(strict, (*path, *wrong.path), is_bare=True)
    elif not path:
        yield from _others(strict)


def _resource(strict: Strict, value: dict[str, Any], path: Path) -> Iterator[Opening]:
    kind, name = text(value, "kind"), text(mapping(value, "metadata"), "name")
    if kind.endswith("List") and isinstance(value.get("items"), list):
        for index in range(len(value["items"])):
            yield from openings(strict, (*path, "items", index))
    elif kind == "ConfigMap":
        for key in mapping(value, "data"):
            yield from _string(strict, (*path, "data", key), f"{name}-{key.partition('.')[0]}")
    elif text(value, "apiVersion").startswith(LOKI):
        strict.refuse(path, f"{kind} {name!r}: Loki evaluates it, and Prometheus does not")
    elif "groups" in mapping(value, "spec"):
        yield Opening(strict, (*path, "spec", "groups"), name)


def _string(strict: Strict, path: Path, name: str) -> Iterator[Opening]:
    """A file that is a string of the document."""
    said = strict.at(path)
    if not isinstance(said, str) or not is_ours(said.encode(errors="replace")):
        return
    try:
        found = documents(Inside(strict.document, path, said), f"{path[-1]}.yaml", MOST)
    except Stops as stop:
        strict.wrong.append(stop.of(strict.document.file))
        return
    for document in found:
        for one in openings(strict.inside(document)):
            yield one._replace(name=name, is_bare=False)


def _others(strict: Strict) -> Iterator[Opening]:
    """Lists of groups in a wrapping that `dash lint` knows: the folders of a ruler, a list."""
    seen: set[Path] = set()
    for thing in contents(strict.document, MOST) or ():
        if not isinstance(thing, Group):
            continue
        path = thing.spot.path[:-1]
        if not thing.spot.path or not isinstance(thing.spot.path[-1], int) or thing.managed:
            strict.refuse(thing.spot.path, "these rules are in none of the `groups:` that Prometheus reads")
        elif thing.spot.document is strict.document and path not in seen:
            seen.add(path)
            yield Opening(strict, path, str(path[-1]) if path else "")

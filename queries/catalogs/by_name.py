"""Catalogs as a command line names them: one that comes with us, a YAML file, or a `/metrics` page in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from queries.catalog import Catalog, Catalogs
from queries.catalogs.not_a_catalog import NotACatalog, Problem
from queries.catalogs.shipped import NAMES, shipped
from queries.catalogs.yaml_members import LONGEST
from queries.source import did_you_mean

YAML = (".yaml", ".yml")
PAGES = (".txt", ".prom", ".metrics", ".gz")


def catalogs(
    names: Sequence[str],
    *,
    jobs: Mapping[str, str] | None = None,
    external: Iterable[str] = (),
    strict: bool = False,
    most_yaml: int = LONGEST,
) -> Catalogs:
    """The catalogs of these names, in this order; one that is named twice counts once.

    Args:
        names: of shipped catalogs, or paths of files.
        jobs: renamed jobs of the shipped ones, by role.
        external: beginnings of names that are known to come from elsewhere.
        strict: whether what no catalog knows does not exist.
        most_yaml: how many bytes of YAML are read at most.

    Raises:
        NotACatalog: some cannot be read; every fault of all of them.
    """
    found: list[Catalog] = []
    wrong: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            found.append(catalog(name, jobs, most_yaml))
        except NotACatalog as error:
            wrong += error.problems
    if wrong:
        raise NotACatalog(wrong)
    return Catalogs(tuple(found), tuple(external), strict)


def catalog(name: str, jobs: Mapping[str, str] | None = None, most_yaml: int = LONGEST) -> Catalog:
    """One of them.

    Raises:
        NotACatalog: there is none of that name, or it cannot be read.
    """
    if name in NAMES:
        return shipped(name, jobs)
    path = Path(name)
    if path.suffix in YAML:
        from queries.catalogs.file import read_catalog  # noqa: PLC0415 - shipped catalogs need no YAML

        return read_catalog(read(name), name, most_yaml)
    if path.suffix in PAGES:
        return page(read(name), name)
    if os.path.exists(name):  # noqa: PTH110 - a Path raises where a name is too long to be one
        fix = f"a name that ends in {', '.join((*YAML, *PAGES))}"
        raise NotACatalog.at(name, 0, "nobody can tell whether this is YAML or a /metrics page", fix=fix)
    raise NotACatalog.at(name, 0, "there is no such catalog", fix=did_you_mean(name, NAMES, of="a file, or one of"))


def page(data: bytes, file: str) -> Catalog:
    """A `/metrics` page as the catalog of a domain that is called like the file."""
    from queries.catalogs.exposition import read_exposition  # noqa: PLC0415 - as above
    from queries.catalogs.scraped import metrics_of  # noqa: PLC0415 - as above

    return Catalog(domain_of(file), metrics_of(read_exposition(data, file)), source=file)


def domain_of(file: str) -> str:
    """What a file's name says of whose metrics are in it."""
    return Path(file).name.partition(".")[0] or "unnamed"


def read(name: str) -> bytes:
    """A file's bytes.

    Raises:
        NotACatalog: it cannot be read.
    """
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in its name
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NotACatalog.at(name, 0, f"it cannot be read: {why}") from error

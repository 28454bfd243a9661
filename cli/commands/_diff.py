"""The pages of two places compared, and the answer as text, JSON or Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import click
import orjson

from cli.deploy.normalise import Edit, compare, said
from cli.errors import UsageError
from cli.lint.report.printable import printable

Json = dict[str, Any]
#: A comment on a pull request holds 65,536 characters.
LONGEST = 60_000
#: Kept for the words at the end of a page and of the whole.
RESERVED = 300
COLORS = {"added": "green", "removed": "red"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of either place with what differs."""

    uid: str
    title: str
    edits: tuple[Edit, ...]


def found(base: Path, live: Path) -> list[Page]:
    """Every page of either place, in the order of their uids; of two files the page that each is."""
    mine, theirs = _pages(base), _pages(live)
    if base.is_file() and live.is_file():
        theirs = dict(zip(mine, theirs.values(), strict=True))
    elif base.is_file() or live.is_file():
        # one page against a folder: the others were not asked about
        one = mine if base.is_file() else theirs
        mine, theirs = ({uid: page for uid, page in some.items() if uid in one} for some in (mine, theirs))
    return [_compared(uid, mine.get(uid), theirs.get(uid)) for uid in sorted({**mine, **theirs})]


def written(pages: Sequence[Page], output: str, *, stat: bool) -> str:
    """The answer."""
    if output == "json":
        return orjson.dumps(_said(pages), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    lines = _markdown(pages) if output == "markdown" else _text(pages, stat=stat)
    return "".join(f"{line}\n" for line in lines)


def _compared(uid: str, base: Json | None, live: Json | None) -> Page:
    title = str((live or base or {}).get("title"))
    if base is not None and live is not None:
        return Page(uid, title, compare(base, live))
    what = "added" if base is None else "removed"
    return Page(uid, title, (Edit("page", what, (), base and base["title"], live and live["title"]),))


def _pages(place: Path) -> dict[str, Json]:
    """The pages of a file, a folder, or a build, by uid."""
    if place.is_file():
        return dict([_page(place, _read(place))])
    if not place.is_dir():
        raise UsageError("there is no such file or folder", where=str(place), fix="dash build")
    folder = place / "dashboards" if (place / "dashboards").is_dir() else place
    read = ((path, _read(path)) for path in sorted(folder.rglob("*.json")))
    return dict(_page(path, page) for path, page in read if "panels" in page)


def _page(path: Path, page: Json) -> tuple[str, Json]:
    page = {"title": path.stem, **page}
    return str(page.get("uid") or path.stem), page


def _read(path: Path) -> Json:
    try:
        page = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise UsageError(f"this cannot be read as JSON: {error}", where=str(path), fix=f"dash lint {path}") from error
    inner = page.get("dashboard", page) if isinstance(page, dict) else None
    if not isinstance(inner, dict):
        raise UsageError("this is no dashboard", where=str(path), fix=f"dash lint {path}")
    return inner


def _said(pages: Sequence[Page]) -> Json:
    differing = [
        {
            "uid": page.uid,
            "title": page.title,
            "edits": [{"where": one.where, "what": one.what, "from": one.from_, "to": one.to} for one in page.edits],
        }
        for page in pages
        if page.edits
    ]
    return {"type": "diff", "version": 1, "pages": differing}


def _text(pages: Sequence[Page], *, stat: bool) -> Iterator[str]:
    for page in pages:
        if page.edits and stat:
            yield f"{printable(page.uid)}  {_many(len(page.edits), 'edit')}"
        elif page.edits:
            yield click.style(printable(f'{page.uid} "{page.title}"'), bold=True)
            yield from (f"  {click.style(printable(said(one)), fg=COLORS.get(one.what))}" for one in page.edits)
    yield _total(pages)


def _total(pages: Sequence[Page]) -> str:
    edits = sum(len(page.edits) for page in pages)
    differing = sum(bool(page.edits) for page in pages)
    return f"{_many(edits, 'edit')} on {differing} of {_many(len(pages), 'page')}" if edits else "no difference"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _markdown(pages: Sequence[Page]) -> list[str]:
    """Folded, page by page, until a comment is full; then it says what it left out."""
    lines = [f"**Dashboards: {_total(pages)}**", ""]
    room = LONGEST - RESERVED - len(lines[0])
    pages_out = edits_out = 0
    for page in pages:
        if not page.edits:
            continue
        title = escape(printable(f"{page.title} ({page.uid})"))
        head = f"<details><summary>{title}: {_many(len(page.edits), 'edit')}</summary>"
        room -= len(head.encode()) + len("\n\n</details>\n\n")
        shown: list[str] = []
        for one in page.edits if room > 0 else ():
            line = f"- <code>{escape(printable(said(one)))}</code>"
            room -= len(line.encode()) + 1
            if room <= 0:
                break
            shown.append(line)
        if shown:
            lines += [head, "", *shown, "", "</details>", ""]
        pages_out += not shown
        edits_out += len(page.edits) - len(shown)
    if edits_out:
        more = f", {_many(pages_out, 'page')} altogether" if pages_out else ""
        lines.append(f"Left out, for a comment holds no more: {_many(edits_out, 'edit')}{more}. See `dash diff`.")
    return lines

"""What differs as text, JSON or Markdown."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import click

from cli.commands import _json
from cli.commands._diff_page import FOLDER, Page
from cli.deploy.normalise import Edit, said
from cli.lint.report.printable import printable

Json = dict[str, Any]
#: A comment on a pull request holds 65,536 characters.
LONGEST = 60_000
#: Kept for the words at the end of a page and of the whole.
RESERVED = 300
#: What Markdown reads also within an HTML tag, and the end of `http:` and `www.`, which alone make a link.
MARKUP = re.compile(r"[\\`*_\[\]~!|@]|:(?=//)|(?<=www)\.")
COLORS = {"added": "green", "removed": "red"}


def written(pages: Sequence[Page], output: str, *, stat: bool) -> str:
    """The answer."""
    if output == "json":
        return f"{_json.written(_said(pages))}\n"
    lines = _markdown(pages) if output == "markdown" else _text(pages, stat=stat)
    return "".join(f"{line}\n" for line in lines)


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
    failed = [{"uid": page.uid, "why": page.why} for page in pages if page.why]
    return {"type": "diff", "version": 1, "pages": differing, **({"failed": failed} if failed else {})}


def _text(pages: Sequence[Page], *, stat: bool) -> Iterator[str]:
    for page in pages:
        if page.edits and stat:
            yield f"{printable(page.uid)}  {_many(len(page.edits), 'edit')}"
        elif page.edits:
            yield click.style(printable(f'{page.uid} "{page.title}"'), bold=True)
            yield from (f"  {click.style(_line(one), fg=COLORS.get(one.what))}" for one in page.edits)
    yield _total(pages)


def _line(one: Edit) -> str:
    """An edit, and for a page that was moved from where to where, which its words leave out."""
    if one.path == FOLDER:
        return printable(f"{said(one)} {one.from_ or 'the root'} -> {one.to or 'the root'}")
    return printable(said(one))


def _total(pages: Sequence[Page]) -> str:
    edits = sum(len(page.edits) for page in pages)
    differing = sum(bool(page.edits) for page in pages)
    failed = sum(bool(page.why) for page in pages)
    found = f"{_many(edits, 'edit')} on {differing} of {_many(len(pages), 'page')}" if edits else "no difference"
    return f"{found}; {_many(failed, 'page')} could not be compared" if failed else found


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _literal(text: str) -> str:
    """As it is, also where Markdown would make a link, an image or a style of it."""
    return MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", escape(text, quote=False))


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
            line = f"- <code>{_literal(_line(one))}</code>"
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

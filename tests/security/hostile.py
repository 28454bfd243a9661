"""What somebody else may have written where we expect a name, and what may come of it."""

import re
from typing import Any

from tests.command_line import Run
from tests.push.building import page

#: A screen cleared, a title set, a clipboard taken, text turned round, a line forged, and what ends a C string.
NASTY = (
    "A\x1b[2J\x1b]0;own\x07\x1b]52;c;eA==\x1b\\\x9b2J\x9d0;own\x9c\u202eB\u2066C\u200b\r\nerror: forged\u2028"
    "error: forged\x08\x7f\U000e0041\u00ad</code><script>x</script>[x](http://e.example)![x](x)"
)
#: What a file must not be called as it is.
NAMES = (
    "../../../up",
    "..",
    ".",
    "/etc/cron.d/x",
    "~/.ssh/x",
    "C:\\x",
    "a\\..\\b",
    "nul\x00.json",
    "x" * 300,
    "é" * 150,
    "CON",
    "aux.json",
    "com¹",
    "LPT9 ",
    "Twin",
    "tWIN",
    "Café",
    "Cafe\u0301",
    "ﬁle",
    ".git",
    ".dash-pull",
    "manifest",
    "manifest.json",
    "-rf",
    " ",
    "",
    "trail. ",
    NASTY,
)
#: Our own colours.
STYLE = re.compile(r"\x1b\[[0-9;]*m")
LATER = (4, 5, 6)


def clean(said: Run) -> Run:
    """The same; an assertion that nothing in it moves a cursor, forges a line or shows our insides."""
    for text in (said.out, said.err):
        raw = sorted({sign for sign in STYLE.sub("", text) if not sign.isprintable() and sign != "\n"})
        assert not raw, f"{raw} in {text!r}"
        assert not [line for line in text.splitlines() if line.startswith("error: forged")], text
        assert "Traceback" not in text, text
        assert "bug in dash" not in text, text
    assert said.code in (0, 1, 2, 3, 4, 5, 6), said
    return said


def nasty_page(uid: str, **more: Any) -> dict[str, Any]:
    """A page in which every text that people see is nasty."""
    panel = {
        "id": 1,
        "type": "timeseries",
        "title": NASTY,
        "description": NASTY,
        "gridPos": {"h": 4, "w": 24, "x": 0, "y": 0},
        "datasource": {"type": NASTY, "uid": NASTY},
        "targets": [{"refId": NASTY, "expr": NASTY}],
    }
    variable = {"name": NASTY, "type": "custom", "query": NASTY, "label": NASTY}
    body = {"panels": [panel], "templating": {"list": [variable]}, "description": NASTY, "tags": [NASTY[:20]], **more}
    return page(uid, NASTY, **body)

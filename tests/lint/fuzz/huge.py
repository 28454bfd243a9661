"""Inputs of ten megabytes, each of one thing without end."""

from __future__ import annotations

from collections.abc import Callable

from tests.lint.fuzz.trials import Trial

SIZE = 10_000_000
HUGE: dict[str, Callable[[int], bytes]] = {
    "a.json of one text": lambda size: b'{"title": "' + b"a" * size + b'", "panels": []}',
    "a.json of brackets": lambda size: b"[" * size,
    "a.json of panels": lambda size: b'{"title": "x", "panels": [' + b'{"id": 1},' * (size // 10) + b"{}]}",
    "a.json of blanks": lambda size: b'{"panels": []' + b" " * size + b"}",
    "a.json of escapes": lambda size: b'{"title": "' + b"\\ud800" * (size // 6) + b'", "panels": [{}]}',
    "a.json of NUL bytes": lambda size: b'{"panels": []}' + b"\0" * size,
    "a.yml of one line": lambda size: b"groups: [" + b"a," * (size // 2),
    "a.yml of comments": lambda size: b"# x\n" * (size // 4) + b"groups: []\n",
    "a.prom of lines": lambda size: b"".join(b'm{a="%d"} 1\n' % k for k in range(size // 18)),
}


def huge(name: str) -> Trial:
    """The command that gets one."""
    file = name.partition(" ")[0]
    typed = ("catalog", "read", file) if file.endswith("prom") else ("lint", file)
    return Trial(name, typed, {file: HUGE[name](SIZE)}, allowed=frozenset({0, 1, 2, 3}))

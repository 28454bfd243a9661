"""What once broke `dash`, as small as it can be: the file, and what is typed."""

from __future__ import annotations

from tests.lint.fuzz.trials import FILES, SETTINGS, Trial

DIGITS = "9" * 4400


def _rules(expr: str, **members: str) -> bytes:
    more = "".join(f", {name}: {value}" for name, value in members.items())
    return f"groups: [{{name: g, rules: [{{alert: A, expr: '{expr}'{more}}}]}}]\n".encode()


def _lint(kind: str, expr: str, **members: str) -> Trial:
    return Trial(kind, ("lint", "broken.yml"), {"broken.yml": _rules(expr, **members)})


def _explain(kind: str, expr: str) -> Trial:
    return Trial(kind, ("explain", expr), {}, allowed=SETTINGS)


def _toml(kind: str, text: str) -> Trial:
    return Trial(kind, ("lint", "rules.yml"), {"dash.toml": text.encode(), "rules.yml": _rules("up")}, b"", SETTINGS)


REGRESSIONS = (
    _lint("a duration of more digits than Python counts", "up", **{"for": f"{DIGITS}s"}),
    _lint("digits in a window that never closes", f"rate(a[{DIGITS} 5m]) > 1"),
    _lint("a stand-in for a variable that is none", "__variable_999_ +"),
    _lint("a text in which up begins again and again", "up{" * 15_000),
    _toml("a TOML list that is too deep", f"a = {'[' * 2000}"),
    _toml("a TOML number of more digits than Python counts", f"[lint]\nretention = {DIGITS}\n"),
    _toml("a catalog whose name is too long to be one", f'[lint]\ncatalogs = ["{"a" * 400}"]\n'),
    _explain("a chain whose nodes are each found again", " and on (x) ".join(f"a{k}" for k in range(100))),
    _explain("a tree that is wider than the page", " or ".join(f"a{k}" for k in range(100))),
    Trial(
        "a control character in the name of a series",
        ("catalog", "read", "page.prom"),
        {"page.prom": "requests\x85 1\n".encode()},
        allowed=frozenset({0, 2}),
    ),
    Trial("a bomb of gzip", ("catalog", "read", "-"), {}, b"\x1f\x8b\x08" + b"\0" * 40, frozenset({2})),
    Trial(
        "standard input beside a file that is mended",
        ("lint", "--fix", "-", "broken.yml"),
        {"broken.yml": _rules("up")},
        b"",
        FILES,
    ),
)

"""The pages docs/rules/PQLnnn.md, made from the rules themselves: `python -m cli.lint.page docs/rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from cli.lint.rule import Example, Rule
from queries.duration import spelled

INDEX = "README.md"
READERS = {"alert": "an alert", "recording": "a recording rule", "variable": "a variable"}
#: Settings that are lengths of time.
TIMES = frozenset({"scrape_interval", "evaluation_interval", "retention"})
#: A hundred of an id: what its rules are about.
FAMILIES = {
    "0": "Syntax and dialect",
    "1": "Metrics and types",
    "2": "Labels and matching",
    "3": "Results",
    "4": "Units and limits",
    "5": "Alerts",
    "6": "Panels",
    "7": "Pages",
    "8": "Pages and rules together",
    "9": "Catalogs, and the linter itself",
}


def page(rule: Rule) -> str:
    """What a person reads of a rule."""
    sections = [
        f"# {rule.id}: {rule.title}",
        f"Severity: **{rule.severity}**",
        " ".join(rule.why.split()),
        "## Wrong",
        *_example(rule.wrong),
        "## Right",
        *_example(rule.right),
    ]
    if rule.also:
        sections += ["## What others call it", "\n".join(f"* {one}" for one in rule.also)]
    return "\n\n".join((*sections, *_suppression(rule.id))) + "\n"


def pages() -> Mapping[str, str]:
    """Every page of docs/rules by its file's name, and the list of them all."""
    from cli.lint.rules import all_rules  # noqa: PLC0415 - a rule's own page does not need the others

    rules = all_rules()
    return {INDEX: _index(rules)} | {f"{rule.id}.md": page(rule) for rule in rules}


def _index(rules: tuple[Rule, ...]) -> str:
    lines = ["# Rules", "", "One page for each rule of `dash lint`, made from the rule itself by `make rule-pages`."]
    family = ""
    for rule in rules:
        if rule.id[3] != family:
            family = rule.id[3]
            lines += ["", f"## {FAMILIES.get(family, 'Others')}", "", "| Rule | Severity | Finds |", "|---|---|---|"]
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.title.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def _example(example: Example) -> Iterator[str]:
    for text in example.catalogs:
        yield "With the catalog"
        yield _code(text.strip(), "yaml")
    if example.settings:
        yield "With the configuration"
        lines = (f"{key.replace('_', '-')} = {_said(key, value)}" for key, value in example.settings.items())
        yield _code("\n".join(("[lint]", *lines)), "toml")
    if example.page is not None:
        import orjson  # noqa: PLC0415 - only a page of JSON needs it

        yield _code(orjson.dumps(example.page, option=orjson.OPT_INDENT_2).decode(), "json")
    if example.rules:
        yield _code(example.rules.strip(), "yaml")
    if example.promql:
        yield f"As {READERS[example.reader]}:" if example.reader != "panel" else "On a page:"
        yield _code(example.promql, "promql")


def _said(key: str, value: object) -> str:
    """A setting as `dash.toml` says it."""
    if key in TIMES and isinstance(value, int | float):
        return f'"{spelled(round(value * 1000))}"'
    if key == "prometheus" and isinstance(value, tuple):
        return '"' + ".".join(map(str, value)) + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _code(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def _suppression(rule: str) -> Iterator[str]:
    yield "## When it is meant"
    yield "In a rule file or a Python page as a comment, in a panel as a line of its description:"
    yield _code(f"# dash: ignore {rule} because <the reason> until 2027-01-31", "yaml")
    yield _code(f"<!-- dash: ignore {rule} because <the reason> -->", "html")
    yield "For a whole house, in `dash.toml`:"
    yield _code(f'[lint]\nignore = ["{rule}"]', "toml")


def write(folder: Path) -> None:
    """Every page into a folder; those of rules that are gone leave it."""
    folder.mkdir(parents=True, exist_ok=True)
    now = pages()
    for old in folder.glob("PQL*.md"):
        if old.name not in now:
            old.unlink()
    for name, text in now.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

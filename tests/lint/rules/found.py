"""What one rule says of an expression, and the expression as its fix leaves it."""

from importlib import import_module
from json import loads

from cli.lint.check import check
from cli.lint.example import EXAMPLE, inputs
from cli.lint.finding import Finding, Severity
from cli.lint.fixing import fixed as make
from cli.lint.rule import Example, Rule
from cli.lint.settings import Settings
from queries.catalog import NOTHING, Catalogs

#: The service of the rules' own examples.
KNOWN = Catalogs((EXAMPLE,))


def rule(name: str) -> Rule:
    return import_module(f"cli.lint.rules.{name.lower()}").RULE  # type: ignore[no-any-return] # every such module has one


def found(
    name: str, promql: str | Example, catalogs: Catalogs = KNOWN, *, reader: str = "panel", **said: object
) -> list[Finding]:
    example = promql if isinstance(promql, Example) else Example(promql, reader=reader)
    return list(check(inputs(example), catalogs, Settings(**said), [rule(name)]).findings)  # type: ignore[arg-type]


def levels(name: str, promql: str | Example, catalogs: Catalogs = KNOWN, **said: object) -> list[Severity]:
    return [one.severity for one in found(name, promql, catalogs, **said)]  # type: ignore[arg-type]


def unknown(name: str, promql: str | Example, **said: object) -> list[Severity]:
    """How bad it is where no catalog says anything."""
    return levels(name, promql, NOTHING, **said)


def fixed(finding: Finding) -> str:
    """The expression of a page's only query, as the fix of the file leaves it."""
    assert finding.edit is not None
    (document,) = inputs(Example(finding.expr)).documents
    (panel,) = loads(make(document.text, [finding.edit]))["panels"]
    return str(panel["targets"][0]["expr"])

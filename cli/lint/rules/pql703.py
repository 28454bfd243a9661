"""PQL703: a page in the envelope of the API."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page


def _of_page(of: Page, _: World) -> Faults:
    if of.wrapped:
        yield Fault(
            'the page stands in {"dashboard": ...}: as a file Grafana reads an empty page from it',
            hint="only what is inside the envelope",
        )


RULE = Rule(
    id="PQL703",
    title="a page in the API's envelope",
    severity=Severity.WARNING,
    why="""The API takes and gives a page inside {"dashboard": ...}. A file for provisioning, for an import by hand or
    for most tools is the page itself; with the envelope they find no panel at all, and some of them say that all is
    well.""",
    wrong=Example(page={"dashboard": page(panel("sum(queue_depth)"))}),
    right=Example(page=page(panel("sum(queue_depth)"))),
    of_page=_of_page,
)

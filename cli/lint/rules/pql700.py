"""PQL700: what identifies a page, a panel or a query is missing, or there twice."""

from collections import Counter

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page


def _of_page(of: Page, world: World) -> Faults:
    if not of.whole:
        return
    if not of.title.strip():
        yield Fault("the page has no title: Grafana refuses it", hint='"title": "..."', severity=Severity.ERROR)
    if not of.uid:
        yield Fault("the page has no uid: every import makes another one, and links to it break", hint='"uid": "..."')
    elif sum(one.whole for one in world.pages_by_uid[of.uid]) > 1:
        others = sorted({one.spot.document.file for one in world.pages_by_uid[of.uid]})
        yield Fault(f"the uid {of.uid!r} stands in {', '.join(others)}: the last one that is pushed is left")
    ids = Counter(one.id for one in of.panels if one.id is not None)
    for one in of.panels:
        if one.id is not None and ids[one.id] > 1:
            yield Fault(f"{ids[one.id]} panels have the id {one.id}: links to a panel show another", spot=one.spot)
            ids[one.id] = 0
        refs = [target.ref for target in one.targets if target.ref]
        for ref, count in Counter(refs).items() if len({*refs}) < len(refs) else ():
            if count > 1:
                yield Fault(f"{count} queries are called {ref}: only the last one is asked", spot=one.spot)


RULE = Rule(
    id="PQL700",
    title="no name of its own",
    severity=Severity.WARNING,
    why="""A uid is what links, alerts and the next push know a page by; a panel's id is in every link to it. Where they
    are missing or there twice, an import makes a second page, a push overwrites a stranger's, and a link from an alert
    opens the wrong panel.""",
    wrong=Example(page=page(panel("sum(queue_depth)"), uid="")),
    right=Example(page=page(panel("sum(queue_depth)"))),
    also=("mixtool dashboard uid and title",),
    of_page=_of_page,
)

"""What differs between two versions of a page: each edit once, at its place, and nothing that wrote itself."""

from collections.abc import Mapping
from typing import Any

from cli.deploy.normalise import noise, words
from cli.deploy.normalise.alike import identical, same
from cli.deploy.normalise.edit import Edit
from cli.deploy.normalise.listed import Kind, compared
from cli.deploy.normalise.match import matched, placed
from cli.deploy.normalise.members import Along, Difference, differences, edits
from cli.deploy.normalise.normal import (
    Json,
    annotations,
    held,
    normal_annotation,
    normal_page,
    normal_variable,
    objects,
)
from cli.deploy.normalise.panels import of_panels
from cli.grafana.refresh import MINIMUM, kept

#: Its options are made of what is said elsewhere; of a text box or a constant the default is, too.
OPTIONS_ALONG: Along = (
    ("type", ("options", "definition")),
    ("query", ("options", "definition")),
    ("current", ("options",)),
)
CURRENT_ALONG: Along = (("query", ("current",)), *OPTIONS_ALONG)
FREE = frozenset({"constant", "textbox"})


def compare(base: Mapping[str, Any], live: Mapping[str, Any], *, minimum: str = MINIMUM) -> tuple[Edit, ...]:
    """The edits that make `live` of `base`; empty when both say the same.

    Args:
        base: a page as it was.
        live: the page as it is.
        minimum: the server's shortest refresh, to which it raises a shorter one.
    """
    if identical(base, live):
        return ()
    made = _of_page(base, live, minimum)
    made += compared(
        VARIABLES, ("templating", "list"), *(objects(held(one, "templating", "list")) for one in (base, live))
    )
    made += compared(ANNOTATIONS, ("annotations", "list"), annotations(base), annotations(live))
    made += compared(LINKS, ("links",), objects(base.get("links")), objects(live.get("links")))
    if identical(base.get("panels"), live.get("panels")):
        return tuple(made)
    mine, theirs = placed(base), placed(live)
    return (*made, *of_panels(mine, theirs, matched(mine, theirs)))


def _of_page(base: Mapping[str, Any], live: Mapping[str, Any], minimum: str) -> list[Edit]:
    found = differences(noise.defaults(noise.PAGE), normal_page(base), normal_page(live))
    said = [one for one in found if not (one.names == ("refresh",) and _was_raised(one, minimum))]
    return edits("page", (), said, words.PAGE)


def _was_raised(refresh: Difference, minimum: str) -> bool:
    """Whether one is what a server makes of the other."""
    return same(kept(refresh.base, minimum), kept(refresh.live, minimum)) and minimum in refresh[1:]


def _along(variable: Json) -> Along:
    return CURRENT_ALONG if variable.get("type") in FREE else OPTIONS_ALONG


def _same(link: Json) -> Json:
    return link


VARIABLES = Kind(
    "name",
    words.variable,
    noise.defaults(noise.VARIABLE),
    words.VARIABLE,
    (normal_variable, normal_variable),
    _along,
)
ANNOTATIONS = Kind(
    "name",
    words.annotation,
    noise.defaults(noise.ANNOTATION),
    words.ANNOTATION,
    (normal_annotation, normal_annotation),
)
LINKS = Kind("title", words.link, noise.defaults(noise.LINK), words.LINK, (_same, _same))

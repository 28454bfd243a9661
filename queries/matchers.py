"""What stands in braces, hidden from the parser, which reads and compiles it again each time: a house has a few only.

Matchers that it has accepted once stand in the text as a single plain one, and are put back into the tree. A plain one
makes a selector as little empty as they do, so that whatever else the parser looks at stays the same.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from queries.expr import Match
from queries.template import STRING

Matchers: TypeAlias = tuple[Match, ...]
_PLAIN = r"""[^{}"'`#]*"""
_QUOTED = r"""(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')"""
#: Braces, with the metric's name if it stands in quotes; strings and comments, so that nothing in them is taken for
#: some. Without the group around them each alternative begins with a character, to which `re` leaps.
BRACES = re.compile(
    rf"\{{(?P<name>\s*{_QUOTED}\s*,)?(?P<said>{_PLAIN}(?:{_QUOTED}{_PLAIN})*)\}}|{STRING.pattern[1:-1]}", re.DOTALL
)
NAME = "__matchers_"


def without_matchers(text: str, accepted: Callable[[str], Matchers | None]) -> tuple[str, Mapping[str, Matchers]]:
    """The text with one matcher in each pair of braces, and which matchers its label stands for.

    Args:
        text: without raw strings.
        accepted: the matchers that stand in braces; None where the parser does not take them as they are.
    """
    if "{" not in text or NAME in text:
        return text, {}
    matchers: dict[str, Matchers] = {}

    def hidden(found: re.Match[str]) -> str:
        said = accepted(found["said"]) if found["said"] else None
        if said is None:
            return found[0]
        stand_in = f"{NAME}{len(matchers)}_"
        matchers[stand_in] = said
        return f'{{{found["name"] or ""}{stand_in}="_"}}'

    return BRACES.sub(hidden, text), matchers

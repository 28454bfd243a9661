"""Regular expressions hidden from the parser, which compiles each of them again: a house asks with a few only.

One that it has accepted once stands in the text as a plain value, and is put back into the tree. Such a value makes a
selector as little empty as the regular expression does, so that whatever the parser looks at stays the same.
"""

import re
from collections.abc import Callable, Mapping

from queries.template import STRING

#: A matcher with a regular expression; strings and comments, so that nothing in them is taken for one.
MATCHER = re.compile(rf'([=!])~\s*("(?:[^"\\]|\\.)*")|{STRING.pattern}', re.DOTALL)
NAME = "__regex_"
OPERATORS = {"=": "=", "!": "!="}


def without_regexes(text: str, accepted: Callable[[str], str | None]) -> tuple[str, Mapping[str, str]]:
    """The text with plain values instead, and what each of them stands for.

    Args:
        text: without raw strings.
        accepted: the value of a literal that the parser takes for a regular expression; None where it does not.
    """
    if "~" not in text or NAME in text:
        return text, {}
    regexes: dict[str, str] = {}

    def hidden(found: re.Match[str]) -> str:
        value = accepted(found[2]) if found[2] else None
        if value is None:
            return found[0]
        stand_in = f"{NAME}{len(regexes)}_"
        regexes[stand_in] = value
        return f'{OPERATORS[found[1]]}"{stand_in}"'

    return MATCHER.sub(hidden, text), regexes

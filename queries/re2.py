"""What RE2, and so Prometheus, refuses although Python's or the parser's regular expressions take it."""

import re

#: A flag of others, two signs of repetition in a row, a character by four digits, more than a thousand times.
_OF_THE_PARSER = re.compile(r"\(\?[xu]\)|[*+?][*+]|\\u[0-9a-fA-F]{4}|\{(?:\d+,)?(?!1000[,}])\d{4,}")
#: Looking around, backreferences, atomic and conditional groups.
_OF_PYTHON = re.compile(r"\(\?(?:[=!>(]|<[=!]|P=)|\\[1-9]")
#: Where such signs are only signs: escaped, or in a class.
_PLAIN = re.compile(r"\\[^u1-9]|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]")


def refuses(pattern: str) -> bool:
    """Whether Prometheus cannot read the regular expression."""
    return any(one.search(pattern) and one.search(_PLAIN.sub("x", pattern)) for one in (_OF_THE_PARSER, _OF_PYTHON))

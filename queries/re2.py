"""What RE2, and so Prometheus, refuses although Python's or the parser's regular expressions take it."""

import re

#: Again and again; braces around anything else are braces.
_TIMES = r"(?:[*+?]|\{\d+(?:,\d*)?\})"
#: A flag of others, two repetitions in a row, a character by four digits, more than a thousand times.
_OF_THE_PARSER = re.compile(
    rf"\(\?[a-zA-Z-]*[xuRaL]|{_TIMES}(?:[*+]|\?{_TIMES}|\{{\d+(?:,\d*)?\}})|\\u[0-9a-fA-F]{{4}}"
    r"|\{(?:\d+,)?0*(?!1000[,}])[1-9]\d{3,}[,}]"
)
#: Looking around, backreferences, atomic and conditional groups, a comment, the end by a large letter.
_OF_PYTHON = re.compile(r"\(\?(?:[=!>(#]|<[=!]|P=)|\\(?:[1-7](?![0-7])|[89Z])")
#: Where such signs are only signs: in the name of a character or of many, escaped, or in a class.
_PLAIN = re.compile(r"\\[pPx]\{[^{}]*\}|\\[^u1-9Z]|\[\^?\]?(?:\\[^u1-9Z]|\[:\^?\w+:\]|[^\]\\])*\]")


def refuses(pattern: str) -> bool:
    """Whether Prometheus cannot read the regular expression; of repetitions within repetitions it refuses more."""
    return any(one.search(pattern) and one.search(_PLAIN.sub("x", pattern)) for one in (_OF_THE_PARSER, _OF_PYTHON))

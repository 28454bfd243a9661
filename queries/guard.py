"""What promql-parser must not see: texts that kill it are refused before it, what it misreads is written otherwise."""

import re

from queries.promql import quoted
from queries.template import STRING, VARIABLE

#: Beyond these the parser takes seconds, then the whole interpreter with it.
LONGEST = 16_000
DEEPEST = 100
MOST_OPERATORS = 200
MOST_VARIABLES = 32
#: Of one character in UTF-8.
MOST_BYTES = 4
OPENING, BRACKET = "([{", re.compile(r"[][(){}]")
#: How a string begins that knows no escapes, and how a comment does.
RAW = ("`", "#")
NEGATIVE_TIME = re.compile(r"@\s*-")
#: An escape for a byte that is no character: the parser reads another character instead.
BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:x[89a-fA-F]|[23][0-7]{2})")
#: A number; Prometheus 3 takes underscores between its digits.
DIGITS = r"(?:\d+(?:_\d+)*)"
NUMBER = re.compile(
    rf"(?<![\w.:])(?:0[xX](?:_?[\da-fA-F])+|(?:{DIGITS}(?:\.{DIGITS}?)?|\.{DIGITS})(?:[eE][+-]?{DIGITS})?)(?![\w.:])"
)
SIGNS = "-+*/%^=<>!"
OPERATOR = re.compile(r"[-+*/%^]|==|!=|<=?|>=?|\b(?:and|or|unless|atan2)\b", re.IGNORECASE)


def refusal(text: str) -> str:
    """Why the parser must not see the text, or nothing; what costs is asked only where a cheap look leaves a doubt."""
    if not text.strip():
        return "nothing to parse"
    if "\0" in text:
        return "a NUL byte is no PromQL"
    if len(text) > LONGEST // MOST_BYTES and len(text.encode(errors="replace")) > LONGEST:
        return f"longer than {LONGEST} bytes"
    if "\\" in text or "@" in text or _may_be_too_much(text):
        return _refusal_of_code(text)
    return ""


def _may_be_too_much(text: str) -> bool:
    """Whether there can be too many of anything: counts everything, also in strings and comments, and is quick."""
    if len(text) <= MOST_VARIABLES:  # the least of the bounds: no room for more of anything
        return False
    if sum(map(text.count, OPENING)) > DEEPEST or text.count("$") + text.count("[[") > MOST_VARIABLES:
        return True
    # an operator is a sign, or a word of two letters and what parts it from the next
    words = (len(text) + 1) // 3
    return len(text) > MOST_OPERATORS and words + sum(map(text.count, SIGNS)) > MOST_OPERATORS


def _refusal_of_code(text: str) -> str:
    parts = STRING.split(text)
    code, strings = " ".join(parts[::2]), parts[1::2]
    if any(BYTE.search(one) for one in strings if not one.startswith(RAW)):
        return "a byte in a string that is no character"
    if NEGATIVE_TIME.search(code):
        return "a time before 1970 after @"  # the parser would panic on it
    if len(VARIABLE.findall(code)) > MOST_VARIABLES:
        return f"more than {MOST_VARIABLES} variables"
    if len(OPERATOR.findall(code)) > MOST_OPERATORS:
        return f"more than {MOST_OPERATORS} operators"
    if _depth(code) > DEEPEST:
        return f"nested deeper than {DEEPEST}"
    return ""


def _depth(code: str) -> int:
    depth = deepest = 0
    for bracket in BRACKET.findall(code):
        depth += 1 if bracket in OPENING else -1
        deepest = max(deepest, depth)
    return deepest


def without_raw_strings(text: str) -> str:
    """Backticks as double quotes: the parser takes their backslashes for escapes."""
    if "`" not in text:
        return text
    parts = STRING.split(text)
    raw = [quoted(part[1:-1]) if part.startswith("`") else part for part in parts]
    return "".join(raw)


def without_underscores(text: str) -> str:
    """`1_000` as 1000: the parser knows no digits that are grouped."""
    parts = STRING.split(text)
    parts[::2] = [NUMBER.sub(lambda digits: digits[0].replace("_", ""), part) for part in parts[::2]]
    return "".join(parts)

"""What a server or a file says, made safe to print: no control characters, no escapes, one line, not too long."""

import unicodedata

LONGEST = 200
#: Cc controls, Cf invisible formatting (bidirectional overrides), Cs lone halves, Zl and Zp line breaks.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(said: object, longest: int = LONGEST) -> str:
    """One clean line of what somebody else said, shortened in the middle of nowhere with three dots."""
    text = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in str(said)[: longest * 4])
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 3]}..."

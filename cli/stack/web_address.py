"""Whether a web address may stand in `dash.toml` for everybody to read, or is a secret itself."""

import re

#: No credentials, no question mark, nothing as long as a token.
PLAIN = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?((?:/[\w.~-]{0,19})*)", re.ASCII)
#: Whoever knows an address of these may write there: each of them documents it as a secret.
CAPABILITIES = re.compile(
    r"(?:hooks\.slack\.com|(?:[\w-]+\.)?discord(?:app)?\.com|(?:outlook|[\w-]+\.webhook)\.office(?:365)?\.com"
    r"|api\.telegram\.org|hooks\.zapier\.com|events(?:\.eu)?\.pagerduty\.com|chat\.googleapis\.com"
    r"|[\w.-]+\.logic\.azure\.com|maker\.ifttt\.com)\.?",
    re.IGNORECASE,
)
#: What is as long as this and looks drawn by lot is taken for a token.
SHORTEST_TOKEN = 8
#: Words and versions, as people call things: "alerts", "prometheus-alerts", "api-v2".
WORDS = re.compile(r"[A-Za-z][a-z]*(?:[-_.][a-z]+)*(?:[-_.]v?\d{1,2})?(?:[-_.][a-z]+)*")


def is_open(url: str) -> bool:
    """Whether nothing of it can be a secret; in doubt it can."""
    found = PLAIN.fullmatch(url)
    if not found or CAPABILITIES.fullmatch(found[1]):
        return False
    return not any(_is_token(segment) for segment in found[2].split("/"))


def _is_token(segment: str) -> bool:
    """At least eight characters, with digits among the letters, or no small letter at all."""
    if len(segment) < SHORTEST_TOKEN or WORDS.fullmatch(segment):
        return False
    return bool(re.search(r"\d", segment)) or not re.search("[a-z]", segment)

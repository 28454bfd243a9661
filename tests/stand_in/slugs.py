"""The slug of a title, by which Grafana tells equal titles."""

import base64
import re
import unicodedata
import uuid

LONGEST_ENCODED = 50
SPELLED_OUT = str.maketrans({"&": "and", "@": "at", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae"})


def slug_of(title: str) -> str:
    """Lower-case letters and digits joined by single dashes; encoded when none are left."""
    spelled = title.strip().lower().translate(SPELLED_OUT)
    parted = unicodedata.normalize("NFKD", spelled)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug:
        return slug
    encoded = base64.urlsafe_b64encode(title.encode()).decode().rstrip("=")
    if len(encoded) <= LONGEST_ENCODED:
        return encoded
    return str(uuid.uuid5(uuid.NAMESPACE_OID, title))

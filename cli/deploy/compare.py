"""Is a page in Grafana what we want there, and if not: is it what a push of ours left? Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cli.artifact import digest
from cli.artifact import text as page_file
from cli.grafana.refresh import kept, seconds

#: What a page may have asked for before the server raised it.
SHORT_REFRESHES = ("100ms", "200ms", "250ms", "500ms", "1s", "2s", "3s", "4s", "5s", "10s", "15s", "30s")


def same(wanted: Mapping[str, Any], live: Mapping[str, Any], minimum: Callable[[], str]) -> bool:
    """Whether a page in Grafana says what we want it to say.

    What a server writes by itself is no difference: `id`, `version`, blanks around the title, and a refresh that it
    raised to its minimum. Nor is our own tag.

    Args:
        wanted: the page to be pushed.
        live: the page as Grafana answers.
        minimum: asks the server for its shortest refresh, only when it matters.
    """
    ours, theirs = _content(wanted), _content(live)
    want, have = ours.pop("refresh", None), theirs.pop("refresh", None)
    return ours == theirs and (want == have or kept(want, minimum()) == have)


def is_word_for_word(text: bytes, live: Mapping[str, Any]) -> bool:
    """Whether a page in Grafana is the one of a file as we write files: where it is, nobody need read the file.

    False says nothing: what is written in another way may still be the same, which `same` tells.
    """
    try:
        return page_file.of(_without_ours(live)) == text
    except TypeError:
        return False


def is_what_was_saved(page: Mapping[str, Any], live: Mapping[str, Any]) -> bool:
    """Whether a page in Grafana is what a save of this one leaves, whatever shortest refresh the server has."""
    return same(page, live, lambda: str(live.get("refresh") or ""))


def put_at(page: Mapping[str, Any], said: str, places: Iterable[str], refresh: Any) -> str | None:
    """The path for which a page is what a push called by this digest; None when it is for none of them.

    Args:
        page: the page as Grafana keeps it.
        said: the digest in the message of its save.
        places: how the place where it lies may be written, and others where it may have been put.
        refresh: the one we want, which the server may have raised.
    """
    lie = tuple(places)
    return next(
        (place for one in _before_raising(page, refresh) for place in lie if digest.of(one, place) == said), None
    )


def _content(page: Mapping[str, Any]) -> dict[str, Any]:
    """A page without what a server or a push adds to it."""
    return {**_without_ours(page), "title": str(page.get("title") or "").strip()}


def _without_ours(page: Mapping[str, Any]) -> dict[str, Any]:
    body = {key: value for key, value in page.items() if key not in digest.SERVER_KEYS}
    tags = page.get("tags")
    body["tags"] = [tag for tag in (tags if isinstance(tags, list) else ()) if not str(tag).startswith(digest.OURS)]
    return body


def _before_raising(page: Mapping[str, Any], refresh: Any) -> Iterator[Mapping[str, Any]]:
    """The page as it is, and as it may have been sent, if the server raised its refresh."""
    yield page
    have = page.get("refresh")
    limit = seconds(have) if isinstance(have, str) else None
    if limit is None:
        return
    for guess in dict.fromkeys((refresh, *SHORT_REFRESHES)):
        if kept(guess, str(have)) == have and guess != have:
            yield {**page, "refresh": guess}

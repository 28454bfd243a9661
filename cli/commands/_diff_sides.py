"""Which two sides somebody means: a file, a folder, a context's name or a URL, and what is not said."""

from pathlib import Path

from cli import config
from cli.commands import _who
from cli.commands._place import Place
from cli.contexts import Contexts, read
from cli.contexts.context import near
from cli.errors import UsageError

BUILD = Path("build")
URLS = ("http://", "https://")
FLAGS = ("context", "url", "token", "token_file", "user", "password_file", "org")
CONTEXTS = "contexts in dash.toml, which say it of each"


def meant(said: tuple[str, ...], who: _who.Who) -> tuple[Path | Place, Path | Place]:
    """A and B, where up to two words are said."""
    known = read(config.here())
    named = [_named(word, known) for word in said]
    grafanas = [one for one in named if isinstance(one, str)]
    given = [f"--{flag.replace('_', '-')}" for flag in FLAGS if who[flag]]  # type: ignore[literal-required] # of Who
    if len(named) == 2 and len(grafanas) != 1 and given:  # noqa: PLR2004 - A and B
        what = "here are two Grafanas" if grafanas else "here is none"
        raise UsageError(
            f"{given[0]} is said of one Grafana, and {what}", fix=CONTEXTS if grafanas else "one of the two alone"
        )
    places = [one if isinstance(one, Path) else place_of(one, who) for one in named]
    if len(places) == 2:  # noqa: PLR2004 - likewise
        return places[0], places[1]
    alone = places[0] if places else BUILD
    return (alone, _who.place_of(who)) if isinstance(alone, Path) else (BUILD, alone)


def place_of(word: str, who: _who.Who) -> Place:
    """The Grafana that a context's name or a URL means."""
    if who["context"] or who["url"]:
        raise UsageError("the Grafana is named twice", fix="without --context and --url")
    return _who.place_of({**who, "url": word} if word.startswith(URLS) else {**who, "context": word})


def _named(word: str, known: Contexts) -> Path | str:
    """What is there under this name, or the name of a Grafana."""
    if word.startswith(URLS):
        return word
    path = Path(word)
    if path.exists() and word in known.named:
        raise UsageError(
            f"{word!r} is a context of dash.toml, and something here", fix=f"./{word}, or --context {word}"
        )
    if not path.exists() and word not in known.named:
        fix = near(word, known.named) if known.named else "dash build"
        raise UsageError("there is no such file, folder or context", where=word, fix=fix)
    return path if path.exists() else word

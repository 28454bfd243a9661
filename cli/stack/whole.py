"""What a build has when it writes the files around its pages and rules: the input of every maker, and its answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from cli.artifact.manifest import PageEntry
from cli.stack.settings import Settings


class Job(NamedTuple):
    """One scrape job: a module's `Scrape`, its job renamed as `dash.toml` says.

    Attributes:
        source: file:line of who wrote it.
        role: "ai_app.backend". job: the value of the label `job` that the queries ask for.
        targets: host:port, each; interval: "15s"; path: of the metrics; scheme: http or https.
        strips_port: the label `instance` is the host alone.
        labels: put on every series of it.
        optional: why it may be missing. assumed: what of it no document says.
    """

    source: str
    role: str
    job: str
    targets: tuple[str, ...]
    interval: str
    path: str = "/metrics"
    scheme: str = "http"
    strips_port: bool = False
    labels: Mapping[str, str] = {}
    optional: str = ""
    assumed: str = ""


class About(NamedTuple):
    """What the text of an alert does not say.

    Attributes:
        alert: its name; severity: likewise.
        roles: whose metrics it judges. is_down: it says that its role answers no more.
        is_of_a_part: it speaks of one process, not of all.
        labels: what every series of it bears, besides severity and team; number: what is judged, and to which side.
    """

    alert: str
    severity: str
    roles: tuple[str, ...]
    is_down: bool
    is_of_a_part: bool
    labels: tuple[str, ...]
    number: str


class Whole(NamedTuple):
    """Everything of one build.

    Attributes:
        project: its name.
        settings: what `dash.toml` says of the files that are made here.
        pages: all of them, sorted by uid; `stale` ones are an older build's.
        text: the bytes of a page, by its file; a page that did not change is read from the disk, so ask late.
        groups: for each rule file ("rules/ai-api.yaml"), its groups as the file says them.
        alerts: what else is known of each alert of ours.
        jobs: what is scraped, sorted by job.
    """

    project: str
    settings: Settings
    pages: tuple[PageEntry, ...]
    text: Callable[[str], bytes]
    groups: Mapping[str, Sequence[Mapping[str, Any]]]
    alerts: tuple[About, ...] = ()
    jobs: tuple[Job, ...] = ()


class Later(NamedTuple):
    """A file that is made only when one of its pages changed, or `key` did.

    Attributes:
        make: its bytes.
        key: everything that they depend on, but the pages and the code: a short text, or a digest.
        pages: the files whose bytes it holds ("dashboards/ai-api.json").
    """

    make: Callable[[], bytes]
    key: str
    pages: tuple[str, ...] = ()


#: How to get a file's bytes: at once or by a call where that costs next to nothing (it happens at every build that has
#: anything to do, so without YAML's library), else later.
Text: TypeAlias = bytes | Callable[[], bytes] | Later
#: A maker: the files that it adds, by their path in the build folder.
Maker: TypeAlias = Callable[[Whole], Mapping[str, Text]]

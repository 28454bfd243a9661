"""`dash lint`: ten thousand different queries, forty dashboards as a person waits for them, and beside `promtool`.

Nobody publishes ten thousand different queries, so these are the public dashboards in ../shared/corpus again and again,
each time with other names of metrics; a query that a page has asked before is left out. Structure, labels, regular
expressions and the share of queries with a fault are thus the corpus' own, and a regular expression comes again as
often as it does there: 1,900 of them are 70 different ones. What comes again more often than in life is a shape, that
which is left of a query without its names and matchers, and which is parsed once: 10,137 queries have 1,660, while the
corpus' own 1,318 have 410.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from math import log10
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import orjson

from bench.cold import ROOT, environment, seconds

if TYPE_CHECKING:
    from cli.lint.asked import Asked

CORPUS = ROOT.parent / "shared" / "corpus"
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
#: The members that hold PromQL.
QUERIES = ("expr", "query", "definition")
#: More rules in one file are more than `dash lint` reads.
RULES_A_FILE = 1_000
Figure = TypeVar("Figure")


class Run(NamedTuple):
    """What one process says of itself.

    Attributes:
        queries: how many different ones it judged.
        seconds: of its CPU, to parse, infer and lint what was read.
        read: its peak memory when all was read, in MB; `peak` when all was judged.
    """

    queries: int
    seconds: float
    read: float
    peak: float


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """All of them; none where the corpus is absent."""
    if not CORPUS.is_dir():
        print(f"{CORPUS} is absent; dash lint is left out")
        return []
    folder = Path(tempfile.mkdtemp())
    try:
        runs = {size: _run(size, folder) for size in SIZES}
        command = [sys.executable, "-m", "cli", "lint", str(CORPUS)]
        cold = median(seconds(command, folder, codes=(0, 1)) for _ in range(ROUNDS))
        beside = _beside_promtool(figure, folder)
    finally:
        shutil.rmtree(folder)
    thousand, ten, hundred = runs.values()
    exponent = log10(hundred.seconds / thousand.seconds) / log10(hundred.queries / thousand.queries)
    return [
        *(figure(f"dash lint, {run.queries:,} different queries: s", run.seconds, "s") for run in (thousand, hundred)),
        figure(f"dash lint, {ten.queries:,} different queries: s", ten.seconds, "s", 1.0),
        figure("dash lint: how time grows with queries (1 is linear)", exponent, "", 1.1),
        figure(f"dash lint, {len(list(CORPUS.glob('*.json')))} dashboards, file to report: ms", cold * 1000, "ms", 300),
        figure("dash lint, 10,000 queries: MB more than what was read", ten.peak - ten.read, "MB"),
        figure("dash lint, 100,000 queries: MB more than what was read", hundred.peak - hundred.read, "MB"),
        figure("dash lint, 100,000 queries: peak memory in MB", hundred.peak, "MB"),
        *beside,
    ]


def pages(count: int) -> Iterator[dict[str, Any]]:
    """Dashboards with so many different queries, and those that are left on the last page."""
    known: set[str] = set()
    corpus = [(json.loads(file.read_text(encoding="utf-8")), _metrics(file)) for file in sorted(CORPUS.glob("*.json"))]
    number = 0
    while len(known) < count:
        number += 1
        for page, metrics in corpus:
            if len(known) < count:
                yield {**_renamed(page, metrics, f"of{number}_", known), "uid": f"page-{number}", "title": str(number)}


def _metrics(file: Path) -> re.Pattern[str]:
    """The metrics that a dashboard asks for, as names in its PromQL."""
    names = {name for one in _asked(str(file)) if one.known is not None for name in one.names}
    return re.compile(rf"(?<![\w:$}}{{])(?:{'|'.join(sorted(map(re.escape, names), reverse=True)) or '$^'})(?![\w:=])")


def _asked(path: str) -> Iterator["Asked"]:
    """Every expression of the dashboards there."""
    from cli.lint.question import on_page  # noqa: PLC0415 - the process that is measured imports it by itself
    from cli.lint.reading import read  # noqa: PLC0415 - likewise
    from cli.lint.settings import Settings  # noqa: PLC0415 - likewise
    from queries.catalog import Catalogs  # noqa: PLC0415 - likewise

    settings = Settings()
    for page in read([path], stdin=bytes, settings=settings).pages:
        yield from filter(None, on_page(page, Catalogs(), settings))


def _renamed(value: Any, metrics: re.Pattern[str], prefix: str, known: set[str]) -> Any:
    """A copy with other metrics; without the targets whose query is known already."""
    if isinstance(value, list):
        copies = (_renamed(one, metrics, prefix, known) for one in value)
        return [one for one in copies if one is not None]
    if not isinstance(value, dict):
        return value
    copy: dict[str, Any] = {}
    asked: list[str] = []
    for key, one in value.items():
        if key in QUERIES and isinstance(one, str):
            copy[key] = metrics.sub(lambda found: prefix + found[0], one)
            asked += [copy[key]] * (key == "expr" or "(" in one)
        else:
            copy[key] = _renamed(one, metrics, prefix, known)
    if copy.get("expr") and copy["expr"] in known:
        return None
    known.update(asked)
    return copy


def _run(count: int, folder: Path) -> Run:
    """A process that lints pages with so many queries; the median of some, but of the largest."""
    written = folder / str(count)
    written.mkdir()
    for number, page in enumerate(pages(count)):
        (written / f"{number:05d}.json").write_bytes(orjson.dumps(page, option=orjson.OPT_INDENT_2))
    command = [sys.executable, "-m", "bench.lint", str(written)]
    runs = []
    for _ in range(1 if count == SIZES[-1] else ROUNDS):
        ran = subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True)  # noqa: S603 - ours
        runs.append(Run(*orjson.loads(ran.stdout)))
    shutil.rmtree(written)
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def _beside_promtool(figure: Callable[..., Figure], folder: Path) -> list[Figure]:
    """The queries of a thousand as recording rules: what `promtool` says of them, and what we say, each a process."""
    promtool = shutil.which("promtool")
    if promtool is None:
        print("promtool is not installed; it is left out")
        return []
    files = []
    texts = list(dict.fromkeys(_as_rules()))
    for start in range(0, len(texts), RULES_A_FILE):
        rules = [
            {"record": f"job:rule_{start + index}:sum", "expr": text}
            for index, text in enumerate(texts[start : start + RULES_A_FILE])
        ]
        file = folder / f"rules-{start}.yaml"
        # JSON is YAML
        file.write_bytes(
            orjson.dumps({"groups": [{"name": f"group-{start}", "rules": rules}]}, option=orjson.OPT_INDENT_2)
        )
        files.append(str(file))
    taken: dict[str, list[float]] = {"promtool": [], "ours": []}
    for _ in range(ROUNDS):
        taken["promtool"].append(_cpu([promtool, "check", "rules", *files], folder))
        taken["ours"].append(_cpu([sys.executable, "-m", "cli", "lint", *files], folder))
    theirs, ours = median(taken["promtool"]), median(taken["ours"])
    return [
        figure(f"promtool check rules, {len(texts):,} rules, a process: s of CPU", theirs, "s"),
        figure(f"dash lint, the same {len(texts):,} rules, a process: s of CPU", ours, "s"),
        figure("dash lint / promtool check rules", ours / theirs, "x"),
    ]


def _as_rules() -> Iterator[str]:
    """The queries that Prometheus could evaluate, with five minutes for each time that Grafana would fill in."""
    from queries.template import STRING, TIMES, VARIABLE  # noqa: PLC0415 - as above

    def filled(found: re.Match[str]) -> str:
        name = next(filter(None, found.groups()))
        return "5m" if name in TIMES else found[0]

    for page in pages(SIZES[1]):
        for text in _texts(page):
            parts = STRING.split(text)
            parts[::2] = [VARIABLE.sub(filled, part) for part in parts[::2]]
            if not any("$" in part or "[[" in part for part in parts[::2]):
                yield "".join(parts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get("expr"), str):
        yield value["expr"]
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _cpu(command: list[str], folder: Path) -> float:
    """Seconds that all cores together work for a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command, folder, codes=(0, 1, 3))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measured(folder: str) -> Run:
    """What it takes to parse, infer and lint a folder, after it was read."""
    import cli.main  # noqa: F401, PLC0415 - how often to look for garbage is said there
    from cli.lint.check import check  # noqa: PLC0415 - only here
    from cli.lint.reading import read  # noqa: PLC0415 - likewise
    from cli.lint.rules import all_rules  # noqa: PLC0415 - likewise
    from cli.lint.settings import Settings  # noqa: PLC0415 - likewise
    from queries.catalog import Catalogs  # noqa: PLC0415 - likewise

    settings, rules = Settings(), all_rules()
    inputs = read([folder], stdin=bytes, settings=settings)
    # what a page holds is read when somebody looks at it; none of it may have a query too few
    assert all(page.panels for page in inputs.pages)  # noqa: S101 - a bench that measures nothing is to stop
    before = _peak()
    began = process_time()
    check(inputs, Catalogs(), settings, rules)
    took, peak = process_time() - began, _peak()
    return Run(len({one.text for one in _asked(folder)}), took, before, peak)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(orjson.dumps([*measured(sys.argv[1])]).decode())

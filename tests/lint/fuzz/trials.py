"""One broken input and the command that gets it, made of nothing but a number: the number of a failure repeats it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import yaml

from tests.lint.fuzz import seeds
from tests.lint.fuzz.mutations import broken, broken_expr
from tests.lint.fuzz.structures import ALIASES, changed, lengthened, written

#: What is wrong with it needs no catalog, and every run that reads it has to say so.
NEIGHBOUR = "neighbour.yml"
SAYS = "PQL001"
FILES = frozenset({0, 1, 3})
SETTINGS = frozenset({0, 1, 2, 3})
ANSWERS = frozenset({0, 2, 3})
OUTPUTS = ("text", "json", "sarif", "github")

#: The quick one where it is there.
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Trial(NamedTuple):
    """What is typed, and where.

    Attributes:
        files: what lies in the folder, by name; `stdin` what is piped.
        allowed: the exit codes that are promised here.
        output: how the answer has to be written.
        neighbour: whether the sound file beside the broken one has to be judged all the same.
    """

    kind: str
    arguments: tuple[str, ...]
    files: dict[str, bytes]
    stdin: bytes = b""
    allowed: frozenset[int] = FILES
    output: str = "text"
    neighbour: bool = False


def trial(number: int) -> Trial:
    """The trial of a number."""
    chance = Random(number)  # noqa: S311 - no secret
    (kind,) = chance.choices(list(KINDS), [weight for weight, _ in KINDS.values()])
    return KINDS[kind][1](kind, chance)


def page(expr: str, chance: Random) -> Any:
    """A dashboard that asks one thing, in one of the forms in which dashboards come."""
    value = json.loads(chance.choice(seeds.pages()))
    panels = [one for one in value.get("panels") or () if isinstance(one.get("targets"), list) and one["targets"]]
    if panels:
        chance.choice(chance.choice(panels)["targets"])["expr"] = expr
    match chance.randrange(9):
        case 0:
            return {"dashboard": value, "meta": {}}
        case 1:
            return seeds.resource(expr)
        case 2:
            return seeds.managed(expr)
        case 3:
            return seeds.config_map(json.dumps(value))
        case 4:
            model = (value.get("panels") or [{}])[0]
            return {"result": {"elements": [{"uid": "l", "model": model}]}}
        case 5:
            return {"title": "old", "rows": [{"panels": value.get("panels"), "title": "r"}]}
    return value


def rules(chance: Random) -> bytes:
    """Rules of Prometheus with anybody's expression in one of them."""
    expr = broken_expr(chance.choice(seeds.exprs()), chance) if chance.random() < 0.5 else chance.choice(seeds.exprs())
    said = json.dumps(expr) if chance.random() < 0.5 else "|\n          " + expr.replace("\n", "\n          ")
    text = seeds.RULES.replace("sum by (job) (rate(errors_total[5m]))", said, 1)
    return text.encode("utf-8", "replace")


def _linted(kind: str, chance: Random, name: str, text: bytes) -> Trial:
    """The broken file beside a sound one, or piped; now and then mended."""
    output = chance.choice(OUTPUTS)
    arguments = ["lint", "--output", output]
    files = {NEIGHBOUR: b"groups:\n- name: n\n  rules:\n  - {alert: N, expr: 'sum('}\n"}
    if chance.random() < 0.4:
        files["shop.yaml"] = seeds.CATALOG.encode()
        arguments += ["--catalog", "shop.yaml"]
    if chance.random() < 0.1:
        arguments += [chance.choice(("--strict", "--statistics", "--prometheus-version=3.5", "--select=PQL"))]
    mends = chance.random()
    if mends < 0.2:
        arguments.append("--fix" if mends < 0.15 else "--diff")
    told = output in ("json", "sarif") and "--statistics" not in arguments and "--diff" not in arguments
    if mends >= 0.2 and chance.random() < 0.3:
        return Trial(kind, (*arguments, NEIGHBOUR, "-"), files, text, FILES, _read_as(output, arguments), told)
    files[name] = text
    where = chance.choice(((name, NEIGHBOUR), (".",)))
    return Trial(kind, (*arguments, *where), files, b"", FILES, _read_as(output, arguments), told)


def _read_as(output: str, arguments: list[str]) -> str:
    """What `--diff` shows stands before the answer."""
    return "text" if "--diff" in arguments else output


def _json_text(kind: str, chance: Random) -> Trial:
    text = chance.choice(seeds.pages())
    return _linted(kind, chance, "broken.json", broken(text, chance))


def _json_value(kind: str, chance: Random) -> Trial:
    value = changed(page(chance.choice(seeds.exprs()), chance), chance)
    return _linted(kind, chance, chance.choice(("broken.json", "broken.yaml")), written(value, chance))


def _expr(kind: str, chance: Random) -> Trial:
    value = page(broken_expr(chance.choice(seeds.exprs()), chance), chance)
    return _linted(kind, chance, "broken.json", written(value, chance))


def _rules_text(kind: str, chance: Random) -> Trial:
    return _linted(kind, chance, "broken.yml", broken(rules(chance), chance))


def _rules_expr(kind: str, chance: Random) -> Trial:
    return _linted(kind, chance, "broken.yml", rules(chance))


def _aliases(kind: str, chance: Random) -> Trial:
    text = chance.choice(ALIASES).encode()
    return _linted(kind, chance, "broken.yml", broken(text, chance) if chance.random() < 0.7 else text)


def _long(kind: str, chance: Random) -> Trial:
    """One text of a page or of a rule file goes on and on."""
    if chance.random() < 0.5:
        value = json.loads(chance.choice((seeds.pages()[0], json.dumps(page("up", chance)))))
        return _linted(kind, chance, "broken.json", json.dumps(lengthened(value, chance)).encode())
    value = yaml.safe_load_all(seeds.RULES)
    return _linted(kind, chance, "broken.yml", yaml.dump(lengthened(next(value), chance), Dumper=DUMPER).encode())


def _configuration(kind: str, chance: Random) -> Trial:
    made = _linted(kind, chance, "broken.yml", broken(seeds.CONFIG.encode(), chance))
    return made._replace(files={**made.files, "rules.yml": rules(chance)})


def _whole(kind: str, chance: Random) -> Trial:
    return _linted(kind, chance, "broken.json", broken(chance.choice(seeds.corpus()), chance))


def _catalog(kind: str, chance: Random) -> Trial:
    files = {"shop.yaml": broken(seeds.CATALOG.encode(), chance), "rules.yml": rules(chance)}
    if chance.random() < 0.3:
        return Trial(kind, ("explain", "--catalog", "shop.yaml", chance.choice(seeds.EXPRS)), files, allowed=ANSWERS)
    return Trial(kind, ("lint", "--catalog", "shop.yaml", "rules.yml"), files, allowed=SETTINGS)


def _settings(kind: str, chance: Random) -> Trial:
    text = broken(seeds.DASH_TOML.encode(), chance)
    if chance.random() < 0.3:
        text = text.replace(b"[lint", b"[tool.dashboards-py.lint")
        files = {"pyproject.toml": text, "shop.yaml": seeds.CATALOG.encode(), "rules.yml": rules(chance)}
    else:
        files = {"dash.toml": text, "shop.yaml": seeds.CATALOG.encode(), "rules.yml": rules(chance)}
    return Trial(kind, ("lint", "rules.yml"), files, allowed=SETTINGS)


def _baseline(kind: str, chance: Random) -> Trial:
    text = broken(seeds.BASELINE.encode(), chance) if chance.random() < 0.8 else seeds.BASELINE.encode()
    files = {"old.json": text, "broken.yml": broken(rules(chance), chance)}
    more = ("--write-baseline",) if chance.random() < 0.4 else ()
    return Trial(kind, ("lint", "--baseline", "old.json", *more, "broken.yml"), files, allowed=SETTINGS)


def _suppressed(kind: str, chance: Random) -> Trial:
    files = {"broken.yml.dash-ignore": broken(seeds.SIDECAR.encode(), chance), "broken.yml": rules(chance)}
    return Trial(kind, ("lint", "broken.yml"), files)


def _explained(kind: str, chance: Random) -> Trial:
    said = broken_expr(chance.choice(seeds.exprs()), chance).replace("\0", "")  # no shell can pass it on
    if chance.random() < 0.1:
        said = broken(said.encode("utf-8", "replace"), chance).replace(b"\0", b"").decode("utf-8", "surrogateescape")
    output = chance.choice(("text", "json"))
    return Trial(kind, ("explain", "--output", output, "--", said), {}, allowed=ANSWERS, output=output)


def _read(kind: str, chance: Random) -> Trial:
    text = chance.choice(seeds.expositions())
    if chance.random() < 0.1:
        text = gzip.compress(text, mtime=0)
    text = broken(text, chance)
    allowed = frozenset({0, 2})
    match chance.randrange(3):
        case 0:
            return Trial(kind, ("catalog", "read", "-"), {}, text, allowed)
        case 1:
            return Trial(kind, ("catalog", "read", "page.prom"), {"page.prom": text}, allowed=allowed)
    files = {"page.prom": text, "shop.yaml": broken(seeds.CATALOG.encode(), chance)}
    return Trial(kind, ("catalog", "read", "page.prom", "--out", "shop.yaml"), files, allowed=allowed)


#: How often a kind is tried, and what makes one.
KINDS: dict[str, tuple[int, Callable[[str, Random], Trial]]] = {
    "JSON text": (14, _json_text),
    "JSON value": (16, _json_value),
    "PromQL in a page": (12, _expr),
    "YAML text": (16, _rules_text),
    "PromQL in rules": (8, _rules_expr),
    "aliases": (4, _aliases),
    "Prometheus configuration": (3, _configuration),
    "whole dashboard": (1, _whole),
    "long text": (2, _long),
    "catalog": (6, _catalog),
    "TOML": (6, _settings),
    "baseline": (3, _baseline),
    "sidecar": (2, _suppressed),
    "explain": (5, _explained),
    "exposition": (4, _read),
}

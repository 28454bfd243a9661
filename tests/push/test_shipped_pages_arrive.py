"""A page that was built is the page that arrives: every shipped page is pushed, read back, and equal."""

from pathlib import Path

import orjson
import pytest

from cli.artifact import manifest
from cli.compile.build import Request, build
from cli.config import Config
from cli.main import main
from tests.stand_in import ProfileName, StandIn, ask

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "build"
    build(Request(config=Config(), folder=ROOT, out=out))
    return out


@pytest.mark.parametrize("profile", ["g9", "g11"])
def test_every_shipped_page_arrives_as_it_was_built(
    built: Path, profile: ProfileName, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn(profile) as grafana:
        monkeypatch.setenv("GRAFANA_URL", grafana.url)
        monkeypatch.setenv("GRAFANA_TOKEN", grafana.token("Admin"))
        first, said = _push(built, capsys)
        again, said_again = _push(built, capsys)
        pages = manifest.read(built).pages
        for entry in pages:
            status, answer = ask(grafana, "GET", f"/api/dashboards/uid/{entry.uid}", token=grafana.token("Admin"))
            arrived = answer["dashboard"]
            wanted = orjson.loads((built / entry.file).read_bytes())
            tags = [*wanted["tags"], "dash:dashboards-py"]

            assert status == 200
            assert arrived == {**wanted, "tags": tags, "id": arrived["id"], "version": 1}
            assert answer["meta"]["folderTitle"] == entry.folder

    assert (first, again) == (0, 0)
    assert len(pages) >= 12
    assert f"{len(pages)} created" in said
    assert f"{len(pages)} unchanged" in said_again


def _push(built: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["push", "--build", str(built)])
    code = ended.value.code
    return int(code or 0), capsys.readouterr().out

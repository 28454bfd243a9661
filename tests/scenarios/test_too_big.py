"""A rule file that is too big to be read: said first, with the setting that lets it be read, whatever was asked for."""

from pathlib import Path

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import RULES, put

pytestmark = NEEDS_PROMTOOL
BIG = RULES + "#" * 2_000_000


def test_its_size_is_the_error_also_where_one_alert_is_asked_for(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, big_yaml=BIG)

    for only in ([], ["--only", "ShopQueue"]):
        ran = dash("big.yaml", *only)
        first, second = ran.err.splitlines()[:2]
        assert ran.code == 3
        assert first == f"error: big.yaml: it has {len(BIG):,} bytes, and YAML over 2,000,000 is not read"
        assert second == "  try: [lint] most-yaml = 3000000 in dash.toml"
    assert ran.err.splitlines()[2:] == ["note: --only: no alert is called 'ShopQueue' in what could be read"]


def test_with_the_setting_it_is_read(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, big_yaml=BIG)
    (tmp_path / "dash.toml").write_text("[lint]\nmost-yaml = 3000000\n", encoding="utf-8")

    assert "ShopQueue" in dash("big.yaml", "--list").out + dash("big.yaml", "--only", "ShopQueue").out

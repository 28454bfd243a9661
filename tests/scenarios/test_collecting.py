"""Which files are rules and which are tests, and that each is read once."""

from pathlib import Path

from cli.compile.discover import modules
from cli.lint.reading import read
from cli.lint.settings import Settings
from cli.scenarios.collecting import Collected, collected
from tests.scenarios.shop import RULES, put

FOREIGN = "rule_files: [shop.yaml]\ntests: [{alert_rule_test: [{eval_time: 1m, alertname: ShopQueue}]}]\n"


def test_a_file_that_was_read_as_built_is_not_read_again_by_another_name(tmp_path: Path) -> None:
    put(tmp_path, shop_yaml=RULES)
    found = Collected(Settings())
    found.take(read([str(tmp_path / "shop.yaml")], stdin=bytes, settings=Settings()), is_named=True)
    found.file(f"{tmp_path}/../{tmp_path.name}/shop.yaml", is_named=True)

    assert [len(groups) for groups in found.groups.values()] == [1]


def test_a_test_of_promtools_is_known_by_its_content_and_its_rules_are_read_with_it(tmp_path: Path) -> None:
    put(tmp_path, shop_yaml=RULES, whatever_yml=FOREIGN)
    found = collected([str(tmp_path / "whatever.yml")], (), Settings())
    [test] = found.tests

    assert found.groups == {}
    assert found.named(test) == list(found.groups) == [str(tmp_path / "shop.yaml")]  # type: ignore[arg-type] # not ours
    assert found.faults == []


def test_what_is_neither_rules_nor_a_test_is_passed_by_in_a_folder_and_told_when_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, other_yaml="words: [alert, record]\n", values_json='{"a": "record"}')

    assert collected([str(tmp_path)], (), Settings()).faults == []
    told = collected([str(tmp_path / "other.yaml")], (), Settings()).faults
    assert [one.what for one in told] == ["neither rules nor a test"]


def test_a_test_in_python_is_no_module_that_is_built(tmp_path: Path) -> None:
    put(tmp_path, shop_py="", shop_test_py="")

    assert [Path(one.path).name for one in modules([str(tmp_path)], str(tmp_path))] == ["shop.py"]


def test_folders_of_other_people_are_not_searched(tmp_path: Path) -> None:
    for folder in ("node_modules", ".git", "mine"):
        (tmp_path / folder).mkdir()
        put(tmp_path / folder, shop_yaml=RULES)

    assert list(collected([str(tmp_path)], (), Settings()).groups) == [str(tmp_path / "mine" / "shop.yaml")]


def test_a_rule_file_that_a_configuration_names_is_read(tmp_path: Path) -> None:
    put(tmp_path, shop_yaml=RULES, prometheus_yml="rule_files: [shop.yaml]\n")

    assert list(collected([str(tmp_path / "prometheus.yml")], (), Settings()).groups) == [str(tmp_path / "shop.yaml")]

from collections.abc import Callable
from typing import Any

from reviewer.evidence.offers import NameLimits
from reviewer.evidence.offers.yaml_keys import yaml_keys

COMPOSE = "services:\n  web:\n    environment:\n      QUEUE_URL: a\n      CACHE_URL: b\n"
READER = 'import os\n\nURL = os.environ["QUEUE_URL"], os.environ["CACHE_URL"]\n'
BEFORE = {"compose.yml": COMPOSE, "a.py": READER, "b.py": READER.replace("CACHE", "OTHER")}
AFTER = {"compose.yml": COMPOSE.replace("QUEUE", "BROKER").replace("CACHE", "STORE")}


def test_names_beyond_the_limit_are_told_as_a_cut(named: Callable[..., Any]) -> None:
    evidence = named(BEFORE, AFTER, NameLimits(max_names=1)).evidence
    assert [one.name for one in evidence.dangling] == ["QUEUE_URL"]
    assert evidence.gone == 2
    assert "1 names that are gone were not searched for: limit 1" in evidence.cuts


def test_a_name_in_too_many_files_is_no_finding_but_a_cut(named: Callable[..., Any]) -> None:
    evidence = named(BEFORE, AFTER, NameLimits(max_files=1)).evidence
    assert [one.name for one in evidence.dangling] == ["CACHE_URL"]
    assert evidence.cuts == ("QUEUE_URL stands in 2 files, limit 1 a name",)


def test_a_search_that_gives_too_many_lines_is_asked_word_by_word(named: Callable[..., Any]) -> None:
    evidence = named(BEFORE, AFTER, NameLimits(max_search_lines=2)).evidence
    assert [one.name for one in evidence.dangling] == ["CACHE_URL"]
    assert evidence.cuts == ("QUEUE_URL stands on 2 lines or more: who looks it up is not known",)


def test_a_file_that_may_offer_the_name_and_cannot_be_read_ends_the_search(named: Callable[..., Any]) -> None:
    large = {"big.env": "QUEUE_URL=a\n" + "# filler\n" * 50}
    evidence = named({**BEFORE, **large}, AFTER, NameLimits(max_file_bytes=300)).evidence
    assert [one.name for one in evidence.dangling] == ["CACHE_URL"]
    assert "QUEUE_URL stands in big.env: 462 bytes, limit 300" in evidence.cuts


def test_a_changed_file_that_is_too_large_is_told_as_unread(named: Callable[..., Any]) -> None:
    assert named(BEFORE, AFTER, NameLimits(max_file_bytes=10)).evidence.unread == ("compose.yml",)


def test_a_file_that_goes_away_as_a_whole_loses_no_names(named: Callable[..., Any]) -> None:
    assert named(BEFORE, {"compose.yml": None}).told == []


def test_a_yaml_file_gives_its_key_paths_and_passes_over_block_text() -> None:
    text = 'a:\n  "b": |\n    not: this\n  c: {d: 1, e: 2}  # f: 3\n'
    text += "list:\n  - name: x\n    value: y\n# g: 1\nh.i: j\n"
    assert [path for path, _ in yaml_keys(text)] == [
        "a", "a.b", "a.c", "a.c.d", "a.c.e", "list", "list.name", "list.value", "h.i",
    ]  # fmt: skip

import pytest

from reviewer.domain.change import UnitKind
from reviewer.domain.gate import GateAnswer
from reviewer.policy import Policy
from reviewer.stages.gates.readable import readable
from reviewer.stages.gates.special_files import special_files
from reviewer.testing.values import a_file, a_snapshot, a_unit

STOP, PASS, UNTOLD = GateAnswer.STOP, GateAnswer.PASS, GateAnswer.UNKNOWN
POINTER = ("version https://git-lfs.github.com/spec/v1", f"oid sha256:{'0' * 64}", "size 12")


@pytest.mark.parametrize(
    ("kind", "special", "read"),
    [
        (UnitKind.HUNK, PASS, PASS),
        (UnitKind.RENAME, PASS, PASS),
        (UnitKind.EMPTY_FILE, PASS, PASS),
        (UnitKind.MODE, STOP, PASS),
        (UnitKind.TYPE, STOP, PASS),
        (UnitKind.SYMLINK, STOP, PASS),
        (UnitKind.SUBMODULE, STOP, UNTOLD),
        (UnitKind.BINARY, PASS, UNTOLD),
        (UnitKind.OVERSIZED, PASS, UNTOLD),
    ],
)
def test_each_kind_of_unit_is_special_unreadable_or_ordinary(
    kind: UnitKind, special: GateAnswer, read: GateAnswer
) -> None:
    snapshot = a_snapshot(a_file("x", units=(a_unit("x", kind=kind),)))
    assert special_files(snapshot, Policy()).answer is special
    assert readable(snapshot, Policy()).answer is read


def test_every_kind_of_unit_is_decided_on() -> None:
    mark = next(iter(test_each_kind_of_unit_is_special_unreadable_or_ordinary.pytestmark))  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == set(UnitKind)


def test_a_pointer_of_large_file_storage_is_unreadable_and_its_words_elsewhere_are_not() -> None:
    assert readable(a_snapshot(a_file("a.bin", *POINTER)), Policy()).answer is UNTOLD
    assert readable(a_snapshot(a_file("a.md", "A pointer begins so:", *POINTER)), Policy()).answer is PASS

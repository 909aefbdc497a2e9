"""Ruby: calls of `new` and `super`, and methods that a module gives."""

from collections.abc import Callable
from typing import Any

import pytest

A = {"a.rb": "class A\n  def initialize(rows)\n    @rows = rows\n  end\nend\n"}
TWO = {"a.rb": A["a.rb"].replace("(rows)", "(rows, crew)")}
KEYED = {"a.rb": A["a.rb"].replace("(rows)", "(rows:)")}
NAMED = {"a.rb": A["a.rb"].replace("(rows)", "(lines:)")}
MODULE = {"m.rb": "module M\n  def old(a)\n    a + 1\n  end\nend\n"}
RENAMED = {"m.rb": "module M\n  def fresh(a)\n    a + 1\n  end\nend\n"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({**A, "b.rb": "A.new(1)\n"}, TWO, ["b.rb:1"]),
        ({**KEYED, "b.rb": "A.new(rows: 1)\n"}, NAMED, ["b.rb:1"]),
        (
            {**A, "b.rb": "class B < A\n  def initialize(rows, x)\n    super(rows)\n  end\nend\n"},
            TWO,
            ["b.rb:3"],
        ),
        ({**A, "b.rb": "class B < A\n  def initialize(rows)\n    super\n  end\nend\n"}, TWO, ["b.rb:3"]),
        # a map without braces is one argument
        ({**A, "b.rb": "A.new(rows: 1)\n"}, TWO, ["b.rb:1"]),
    ],
)
def test_a_call_that_names_no_method_is_held_against_the_constructor(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    assert ruled(before, after).places("signature-mismatch") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({**A, "b.rb": "A.new(1, 2)\n"}, TWO),
        ({**A, "b.rb": "A.new(*rows)\nA.new(**rows)\n"}, TWO),
        ({**A, "b.rb": "A.new(1)\n"}, {"a.rb": A["a.rb"].replace("(rows)", "(rows, crew = 1, &block)")}),
        # it makes its objects in its own way
        (
            {
                "a.rb": "class A\n  def self.new(x)\n  end\n  def initialize(a)\n  end\nend\n",
                "b.rb": "A.new(1)\n",
            },
            {"a.rb": "class A\n  def self.new(x)\n  end\n  def initialize(a, b)\n  end\nend\n"},
        ),
        # `super` of a class that is below another
        (
            {
                **A,
                "c.rb": "class C\n  def initialize(rows)\n  end\nend\n",
                "b.rb": "class B < C\n  def initialize(rows)\n    super(rows)\n  end\nend\n",
            },
            TWO,
        ),
        # any arguments, also named ones, go into a splat
        ({**A, "b.rb": "A.new(rows: 1)\n"}, {"a.rb": A["a.rb"].replace("(rows)", "(*rows)")}),
        ({**KEYED, "b.rb": "A.new('rows' => 1)\n"}, NAMED),
    ],
)
def test_a_call_that_still_fits_or_may_fit_is_left_alone(
    ruled: Callable[..., Any], before: dict[str, str], after: dict[str, str]
) -> None:
    assert ruled(before, after).places("signature-mismatch") == []


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("class C\n  extend M\nend\nC.old(1)\n", ["u.rb:4"]),
        ("class C < Outside\n  include M\n  def f\n    old(1)\n  end\nend\n", ["u.rb:4"]),
        ("class C < Outside\n  include M\n  def old(a)\n  end\n  def f\n    old(1)\n  end\nend\n", []),
        ("class C\n  extend M\n  def self.method_missing(name)\n  end\nend\nC.old(1)\n", []),
        ("class C\n  def self.old(a)\n  end\nend\nC.old(1)\n", []),
    ],
)
def test_a_method_that_a_module_gave_is_missed_where_nothing_else_gives_it(
    ruled: Callable[..., Any], user: str, expected: list[str]
) -> None:
    assert ruled({**MODULE, "u.rb": user}, RENAMED).places("symbol-removed") == expected


def test_a_method_of_a_module_that_hid_one_from_outside_is_left_alone(ruled: Callable[..., Any]) -> None:
    module = {"m.rb": "module M\n  def save(a)\n    super\n  end\nend\n"}
    user = {"u.rb": "class C < Outside\n  include M\n  def f\n    save(1)\n  end\nend\n"}
    after = {"m.rb": module["m.rb"].replace("save", "store")}
    assert ruled({**module, **user}, after).places("symbol-removed") == []

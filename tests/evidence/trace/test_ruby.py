from collections.abc import Callable
from typing import Any


def test_a_use_of_a_ruby_method_is_followed_through_what_makes_the_object(traced: Callable[..., Any]) -> None:
    lib = "class Shop\n  def total(a) = a\nend\n"
    app = "Shop.new.total(1)\ntotal = 2\nputs total\n# total\n'total'\n[].total\n"
    made = traced(
        {"lib.rb": lib, "app.rb": app}, {"lib.rb": lib.replace("(a) = a", "(a, b) = b"), "app.rb": app}
    )
    assert made.uses("Shop.total") == [("app.rb:1", "resolved")]

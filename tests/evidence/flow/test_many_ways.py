"""What can be reached along exponentially many ways is asked once: each of these would otherwise never end."""

from collections.abc import Callable, Mapping

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]
LEVELS = 40


def test_classes_in_diamonds_above_one_another_have_an_order(calls: Calls) -> None:
    lines = ["class L0:", "    def run(self): pass"]
    for level in range(1, LEVELS):
        lines += [f"class A{level}(L{level - 1}): pass", f"class B{level}(L{level - 1}): pass"]
        lines += [f"class L{level}(A{level}, B{level}): pass"]
    source = "\n".join([*lines, f"L{LEVELS - 1}().run()", ""])
    assert ("app", "app.L0.run") in calls({"app.py": source})


def test_stars_that_lead_to_each_other_in_every_way_end(calls: Calls) -> None:
    names = [f"m{number}" for number in range(LEVELS)]
    files = {
        f"{name}.py": "".join(f"from {other} import *\n" for other in names if other != name)
        for name in names
    }
    files["m0.py"] += "def here(): pass\n"
    files["app.py"] = "from m39 import *\nhere()\nmissing()\n"
    assert ("app", "m0.here") in calls(files)

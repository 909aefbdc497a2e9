from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            """
            def one(): pass
            def two(): pass
            name = one
            name = two
            name()
            """,
            {("app", "app.two")},
            id="straight code means the last assignment",
        ),
        pytest.param(
            """
            def one(): pass
            def two(): pass
            name = one
            if input():
                name = two
            name()
            """,
            {("app", "app.one"), ("app", "app.two"), ("app", "<builtin>.input")},
            id="where ways meet, either assignment",
        ),
        pytest.param(
            """
            class Store:
                def save(self): pass
            class Service:
                def __init__(self, store: Store):
                    self.store = store
                def run(self):
                    self.store.save()
            """,
            {("app.Service.run", "app.Store.save")},
            id="a declared type speaks where no caller is known",
        ),
        pytest.param(
            """
            class Base:
                def run(self): self.step()
                def step(self): pass
            class Leaf(Base):
                def step(self): super().step()
            Leaf().run()
            """,
            {
                ("app", "app.Base.run"),
                ("app.Base.run", "app.Leaf.step"),
                ("app.Leaf.step", "app.Base.step"),
                ("app.Leaf.step", "<builtin>.super"),
            },
            id="an override is reached through the base",
        ),
    ],
)
def test_calls_are_followed_to_what_they_run(
    calls: Calls, source: str, expected: set[tuple[str, str]]
) -> None:
    assert calls({"app.py": dedent(source)}) == expected

"""What the plan keeps together, what it puts first, and what it calls indivisible."""

from tests.stages.split.conftest import Make


def block(name: str, *, lines: int = 10, body: str = "") -> str:
    filling = "".join(f"    {name}_{number} = {number}\n" for number in range(lines - 2))
    return f"def {name}(value):\n{filling}    return {body or 'value'}\n"


def test_a_new_definition_is_not_after_its_use(planned: Make) -> None:
    made = planned(
        {"app/use.py": "x = 1\n"},
        {
            "app/use.py": "from app.zeta import price\n\nx = price(1)\n" + block("other"),
            "app/zeta.py": block("price"),
        },
        lines=15,
    )
    assert made.part_of("app/zeta.py") < made.part_of("app/use.py")
    assert made.plan.parts[1].depends_on == (1,)
    assert any("price" in reason.text and reason.quotes for reason in made.plan.parts[1].why)


def test_what_is_removed_goes_after_its_uses(planned: Make) -> None:
    made = planned(
        {"app/a_old.py": block("price"), "app/use.py": "from app.a_old import price\n\nx = price(1)\n"},
        {"app/a_old.py": None, "app/use.py": "x = 1\n" + block("other")},
        lines=16,
    )
    assert made.part_of("app/use.py") < made.part_of("app/a_old.py")


def test_migrations_come_first_and_documents_last(planned: Make) -> None:
    made = planned(
        {"README.md": "old\n"},
        {
            "README.md": "new\n" * 10,
            "app/a.py": block("price"),
            "app/migrations/0002_x.py": block("forwards"),
            "tests/test_a.py": "from app.a import price\n\n\n" + block("test_price", body="price(1)"),
        },
        lines=14,
    )
    assert [made.part_of(path) for path in ("app/migrations/0002_x.py", "app/a.py", "tests/test_a.py")] == [
        1,
        2,
        3,
    ]
    assert made.part_of("README.md") == 4
    assert made.titles[0].startswith("migrations")
    assert made.titles[1] == "app: add price"


def test_a_circle_is_one_part_and_says_that_no_cut_helps(planned: Make) -> None:
    made = planned(
        {"x": ""},
        {
            "app/a.py": "from app.b import beta\n\n\n" + block("alpha", body="beta(1)"),
            "app/b.py": "from app.a import alpha\n\n\n" + block("beta", body="alpha(1)"),
        },
        lines=20,
    )
    (part,) = made.plan.parts
    assert part.indivisible is not None
    assert "26 changed lines, limit 20; its files are all new and need each other" in part.indivisible


def test_one_new_file_is_indivisible_with_advice(planned: Make) -> None:
    made = planned({"x": ""}, {"app/a.py": block("alpha", lines=40) + block("beta", lines=40)}, lines=20)
    (part,) = made.plan.parts
    assert part.indivisible is not None
    assert "80 changed lines, limit 20, and the file is new" in part.indivisible
    assert "begin with a file up to line 40, before beta" in part.indivisible


def test_hunks_of_one_file_go_one_by_one_where_the_file_is_too_large(planned: Make) -> None:
    before = "\n\n".join(block(f"f{number}", lines=20) for number in range(4))
    after = before
    for number in range(4):
        new = "".join(f"    n{line} = {line}\n" for line in range(8))
        after = after.replace(f"    f{number}_9 = 9\n", new)
    made = planned({"app/a.py": before}, {"app/a.py": after}, lines=20)
    assert made.parts_of("app/a.py") == [1, 2]
    made.run()
    assert made.show(1, "app/a.py").count("    n7 = 7") == 2
    assert made.show(2, "app/a.py") == after.removesuffix("\n")
    assert [part.files[0].whole for part in made.plan.parts] == [False, True]


def test_hunks_that_do_not_parse_one_by_one_stay_together(planned: Make) -> None:
    middle = "".join(f"    {number},\n" for number in range(30))
    more = "".join(f"m{number} = {number}\n" for number in range(8))
    made = planned(
        {"app/a.py": f"y = [\n{middle}]\n"}, {"app/a.py": f"{more}y = (\n{middle})\n{more}"}, lines=12
    )
    assert made.parts_of("app/a.py") == [1]


def test_a_signature_and_the_calls_that_change_with_it_are_one_part(planned: Make) -> None:
    made = planned(
        {
            "app/a.py": "def price(value):\n    return value\n",
            "app/use.py": "from app.a import price\n\nx = price(1)\n",
        },
        {
            "app/a.py": "def price(value, rate):\n    return value * rate\n" + block("more"),
            "app/use.py": "from app.a import price\n\nx = price(1, 2)\n",
        },
        files=1,
    )
    assert made.part_of("app/a.py") == made.part_of("app/use.py")


def test_a_lock_goes_with_its_manifest_and_does_not_count(planned: Make) -> None:
    made = planned(
        {"web/package.json": "{}\n", "web/yarn.lock": "a\n"},
        {"web/package.json": '{"a": 1}\n', "web/yarn.lock": "b\n" * 90, "web/a.js": "var a = 1;\n" * 20},
        lines=20,
    )
    assert made.part_of("web/package.json") == made.part_of("web/yarn.lock")
    assert not any(part.indivisible for part in made.plan.parts)


def test_importers_of_a_moved_module_move_with_it(planned: Make) -> None:
    made = planned(
        {"app/a.py": block("price"), "app/use.py": "from app.a import price\n\nx = price(1)\n"},
        {
            "app/a.py": None,
            "app/core/a.py": block("price"),
            "app/use.py": "from app.core.a import price\n\nx = price(1)\n",
        },
        files=1,
    )
    (part,) = made.plan.parts
    assert part.indivisible is not None


def test_a_title_says_nothing_that_the_author_wrote_about_the_change(planned: Make) -> None:
    made = planned(
        {"x": ""}, {"shop/orders.py": "class Order:\n    pass\n", "shop/test_orders.py": "x = 1\n"}
    )
    assert made.titles == ["shop: add Order, with 1 test file"]


def test_a_word_of_a_comment_is_no_use(planned: Make) -> None:
    made = planned(
        {"app/use.py": "# price of it\nx = 1\n"},
        {
            "app/use.py": "# price of it\nfrom app.zeta import price\n\nx = price(1)\n" + block("other"),
            "app/zeta.py": block("price"),
        },
        lines=15,
    )
    assert made.part_of("app/zeta.py") < made.part_of("app/use.py")


def test_users_of_a_moved_definition_follow_it_before_the_old_place_goes(planned: Make) -> None:
    made = planned(
        {
            "app/a_old.py": block("price") + block("keep"),
            "app/use.py": "from app.a_old import price\n\nx = price(1)\n",
        },
        {
            "app/a_old.py": block("keep"),
            "app/use.py": "from app.z_new import price\n\nx = price(1)\n" + block("more"),
            "app/z_new.py": block("price"),
        },
        lines=14,
    )
    order = [made.part_of(path) for path in ("app/z_new.py", "app/use.py", "app/a_old.py")]
    assert order == [1, 2, 3]


def test_a_name_that_several_files_define_means_the_one_that_is_seen(planned: Make) -> None:
    made = planned(
        {"app/use.py": "x = 1\n"},
        {
            "app/use.py": "from app.zeta import price\n\nx = price(1)\n" + block("other"),
            "app/zeta.py": block("price"),
            "app/young.py": block("price"),
        },
        lines=15,
    )
    assert made.part_of("app/zeta.py") < made.part_of("app/use.py")
    assert not any("app/young.py" in reason.text for part in made.plan.parts for reason in part.why)


def test_a_change_of_too_many_files_is_cut_too(planned: Make) -> None:
    made = planned({"x": ""}, {f"a/f{number}.txt": "x\n" for number in range(7)}, files=3)
    assert [part.counted_files for part in made.plan.parts] == [3, 3, 1]


def test_an_import_goes_after_the_last_hunk_that_used_it(planned: Make) -> None:
    blocks = [block(f"f{number}", lines=14, body="price(value)") for number in range(3)]
    before = "from app.core import price\n\n\n" + "".join(blocks)
    after = before.replace("from app.core import price\n\n\n", "import os\n" * 6).replace(
        "    return price(value)\n", "    return value\n" * 3
    )
    made = planned({"app/core.py": block("price"), "app/a.py": before}, {"app/a.py": after}, lines=9)
    made.run()
    for number in range(1, len(made.plan.parts) + 1):
        text = made.show(number, "app/a.py")
        assert "import price" in text or "price(value)" not in text
    assert len(made.plan.parts) == 3


def test_many_files_that_move_at_once_are_advised_to_leave_their_old_paths(planned: Make) -> None:
    chain = {
        f"{number}": f"from app.m{number + 1} import f{number + 1}\n\n\n" + block(f"f{number}")
        for number in range(4)
    }
    before = {f"app/m{number}.py": text for number, text in chain.items()}
    after = {f"lib/m{number}.py": text.replace("from app.", "from lib.") for number, text in chain.items()}
    made = planned(before, {**dict.fromkeys(before), **after}, files=2)
    (part,) = made.plan.parts
    assert part.indivisible is not None
    assert "Leave the old paths in place, forwarding to the new ones" in part.indivisible


def test_what_looks_generated_is_advised_to_be_listed(planned: Make) -> None:
    made = planned({"x": ""}, {"api/a.pb.go": "package api\n" + "var x = 1\n" * 30}, lines=20)
    (part,) = made.plan.parts
    assert part.indivisible is not None
    assert "listed under paths.generated" in part.indivisible

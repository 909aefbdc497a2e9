"""Go programs of several files and packages, broken files, and limits."""

from collections.abc import Callable, Mapping

import pytest

from reviewer.domain.change import Revisions, Side
from reviewer.evidence.flow import ir
from reviewer.evidence.flow.program import Program
from reviewer.evidence.flow.solver import Solver
from reviewer.evidence.resolve.codebase import Codebase
from reviewer.evidence.workspace import Workspace
from reviewer.testing.memory_git import MemoryGit

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]
MODULE = {"go.mod": "module example.com/shop\n\ngo 1.22\n"}


def program_of(files: Mapping[str, str]) -> Program:
    repo = MemoryGit()
    commit = repo.commit(files)
    return Program(
        Codebase(Workspace(repo, Revisions(base=commit, merge_base=commit, head=commit)), Side.HEAD)
    )


def lowered(source: str) -> ir.Scope:
    module = program_of({"app.go": source}).module("app.go")
    assert module is not None
    return module.scope.lowered()


def test_a_package_is_all_files_of_its_folder(calls: Calls) -> None:
    files = {
        "shop/a.go": "package shop\nfunc main() { load(); New().Run(); hook() }\n",
        "shop/b.go": "package shop\ntype T struct{}\nfunc New() *T { return &T{} }\nvar hook = load\n",
        "shop/c.go": "package shop\nfunc (t *T) Run() { t.stop() }\nfunc load() {}\n",
        "other/d.go": "package other\nfunc load() {}\n",
        "shop/sub/e.go": "package sub\nfunc load() {}\n",
    }
    assert calls(MODULE | files) == {
        ("shop.a.main", "shop.c.load"),
        ("shop.a.main", "shop.b.New"),
        ("shop.a.main", "shop.c.T.Run"),
    }


def test_exported_names_are_reached_through_imports(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport ("example.com/shop/store"; st "example.com/shop/store/sql")\n'
        "func main() { s := store.New(); s.Save(); st.Open(); store.Default.Save() }\n",
        "store/store.go": "package store\ntype Store struct{}\nfunc New() *Store { return &Store{} }\n"
        "var Default = New()\nfunc Open() {}\n",
        "store/save.go": "package store\nfunc (s *Store) Save() {}\n",
        "store/sql/open.go": "package sql\nfunc Open() {}\n",
    }
    assert calls(MODULE | files) == {
        ("main.main", "store.store.New"),
        ("main.main", "store.save.Store.Save"),
        ("main.main", "store.sql.open.Open"),
        ("store.store", "store.store.New"),
    }


def test_a_package_may_be_called_unlike_its_folder(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport "example.com/shop/go-json"\nfunc main() { codec.Encode() }\n',
        "go-json/a.go": "package codec\nfunc Encode() {}\n",
    }
    assert calls(MODULE | files) == {("main.main", "go-json.a.Encode")}


def test_a_package_outside_may_be_called_unlike_its_path(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport "example.org/cos-go-sdk-v5"\nfunc main() { cos.Open(); other.Open() }\n'
    }
    assert calls(MODULE | files) == {("main.main", "example.org/cos-go-sdk-v5.Open")}


def test_a_dot_import_takes_the_names_of_a_package(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport . "example.com/shop/lib"\nfunc own() {}\n'
        "func main() { Make().Run(); own() }\n",
        "lib/lib.go": "package lib\ntype T struct{}\nfunc Make() T { return T{} }\n"
        "func (t T) Run() {}\nfunc own() {}\n",
    }
    assert calls(MODULE | files) == {
        ("main.main", "lib.lib.Make"),
        ("main.main", "lib.lib.T.Run"),
        ("main.main", "main.own"),
    }


def test_a_test_package_sees_only_what_it_imports(calls: Calls) -> None:
    files = {
        "lib/lib.go": "package lib\nfunc Run() {}\nfunc helper() {}\n",
        "lib/in_test.go": 'package lib\nimport "testing"\nfunc TestIn(t *testing.T) { helper() }\n',
        "lib/out_test.go": 'package lib_test\nimport ("testing"; "example.com/shop/lib")\n'
        "func helper() {}\nfunc TestOut(t *testing.T) { lib.Run(); helper() }\n",
    }
    assert calls(MODULE | files) == {
        ("lib.in_test.TestIn", "lib.lib.helper"),
        ("lib.out_test.TestOut", "lib.lib.Run"),
        ("lib.out_test.TestOut", "lib.out_test.helper"),
    }


def test_a_local_name_hides_an_import(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport "example.com/shop/lib"\ntype T struct{}\nfunc (t T) Run() {}\n'
        "func use(lib T) { lib.Run() }\nfunc main() { lib.Run() }\n",
        "lib/lib.go": "package lib\nfunc Run() {}\n",
    }
    assert calls(MODULE | files) == {("main.use", "main.T.Run"), ("main.main", "lib.lib.Run")}


def test_an_embedded_type_of_another_package(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport "example.com/shop/lib"\ntype T struct { *lib.Base }\n'
        "func use(t *T) { t.Log(); t.Base.Log() }\n",
        "lib/lib.go": "package lib\ntype Base struct{}\nfunc (b *Base) Log() {}\n",
    }
    assert calls(MODULE | files) == {("main.use", "lib.lib.Base.Log")}


def test_an_interface_is_satisfied_across_packages_but_not_by_what_only_tests_declare(calls: Calls) -> None:
    files = {
        "api/api.go": "package api\ntype Store interface { Save(id string) error }\n"
        "func Use(s Store) { s.Save(`x`) }\n",
        "api/fake_test.go": "package api\ntype fake struct{}\nfunc (fake) Save(id string) error { return nil }\n",
        "sql/sql.go": "package sql\ntype DB struct{}\nfunc (d *DB) Save(id string) error { return nil }\n",
    }
    use = {"main.go": 'package main\nimport "example.com/shop/sql"\nvar db = sql.DB{}\n'}
    assert calls(MODULE | files | use) == {("api.api.Use", "sql.sql.DB.Save")}


def test_signatures_are_compared_without_the_packages_of_their_types(calls: Calls) -> None:
    files = {
        "api/api.go": "package api\ntype Item struct{}\ntype Store interface { Save(i Item) error }\n"
        "func Use(s Store) { s.Save(Item{}) }\n",
        "sql/sql.go": 'package sql\nimport "example.com/shop/api"\ntype DB struct{}\n'
        "func (d *DB) Save(i api.Item) error { return nil }\nfunc New() api.Item { return api.Item{} }\n",
    }
    assert calls(MODULE | files) == {("api.api.Use", "sql.sql.DB.Save")}


def test_another_package_sets_a_variable_of_this_one(calls: Calls) -> None:
    files = {
        "main.go": 'package main\nimport "example.com/shop/lib"\nfunc hook() {}\n'
        "func main() { lib.Hook = hook; lib.Run() }\n",
        "lib/lib.go": "package lib\nvar Hook func()\nfunc Run() { Hook() }\n",
    }
    assert calls(MODULE | files) == {("main.main", "lib.lib.Run"), ("lib.lib.Run", "main.hook")}


def test_a_function_written_for_several_systems_means_each(calls: Calls) -> None:
    files = {
        "app/main.go": "package app\nfunc main() { open() }\n",
        "app/open_linux.go": "package app\nfunc open() {}\n",
        "app/open_windows.go": "package app\nfunc open() {}\n",
    }
    assert calls(MODULE | files) == {
        ("app.main.main", "app.open_linux.open"),
        ("app.main.main", "app.open_windows.open"),
    }


def test_only_what_is_asked_for_is_lowered() -> None:
    module = lowered("package app\nfunc one() { two() }\nfunc two() {}\n")
    assert [scope.is_lowered for scope in module.children] == [False, False]


def test_a_broken_function_says_so_and_its_neighbours_hold(calls: Calls) -> None:
    source = "package app\nfunc one() {}\nfunc bad() { one(; x := }\n\nfunc good() { one() }\n"
    module = lowered(source)
    assert module.partial is not None
    assert ("app.good", "app.one") in calls({"app.go": source})


@pytest.mark.parametrize(
    "source",
    [
        "",
        "package",
        "func",
        "package app\nfunc (",
        "package app\nfunc () x() { return }",
        "package app\ntype T struct { *",
        "package app\nfunc f() { switch x := y.(type) { case",
        "package app\nvar a, b = f(), ,",
        "package app\nfunc f() { for range { } select { case <- } }",
        "package app\nfunc f[T any, ](x T) { x.[]() }",
        "\x00\xff package app { } func",
    ],
)
def test_broken_source_is_no_error(calls: Calls, source: str) -> None:
    assert isinstance(calls({"app.go": source}), set)


def test_deep_nesting_is_cut_and_said(calls: Calls) -> None:
    deep = "package app\nfunc one() {}\nfunc f() { " + "(" * 400 + "one()" + ")" * 400 + "\none() }\n"
    function = next(scope for scope in lowered(deep).children if scope.name == "f").lowered()
    assert function.partial is not None
    assert "nested deeper than 100 levels" in function.partial
    assert ("app.f", "app.one") in calls({"app.go": deep})


def test_a_long_chain_of_operators_is_no_depth() -> None:
    long = "package app\nfunc one() int { return 1 }\nvar x = " + " + ".join(["one()"] * 900) + "\n"
    module = lowered(long)
    assert module.partial is None


def test_a_large_literal_is_read_for_its_calls_alone() -> None:
    rows = "1,\n" * 1_500 + "one(),\n"
    module = lowered(f"package app\nfunc one() int {{ return 1 }}\nvar table = []int{{\n{rows}}}\n")
    assert module.partial == "a literal of more than 1000 elements"


def test_a_name_is_found_by_the_byte_where_it_stands() -> None:
    source = "package app\ntype T struct{}\nfunc (t *T) Run() {}\nfunc main(t *T) { t.Run() }\n"
    program = program_of({"app.go": source})
    module = program.module("app.go")
    assert module is not None
    solver = Solver(program, program.languages, whole=False)
    main = next(scope for scope in module.scope.lowered().children if scope.name == "main")
    solver.activate(main)
    found = solver.node(module.uses[source.index("Run() }")])
    solver.settle()
    assert [repr(value.scope) for value in found.values if hasattr(value, "scope")] == ["<function T.Run>"]


@pytest.mark.parametrize(
    "body",
    [
        "one(" * 900 + ")" * 900,
        "_ = " + "[]any{" * 900 + "}" * 900,
        "func() {" * 900 + "}()" * 900,
        "if x {" * 900 + "}" * 900,
        "one()" + ".next()" * 3_000,
    ],
    ids=["calls", "literals", "functions", "blocks", "chains"],
)
def test_no_depth_of_nesting_is_an_error(calls: Calls, body: str) -> None:
    found = calls(
        {
            "app.go": f"package app\nfunc one(x any) any {{ return x }}\nfunc f() {{ {body} }}\nvar x = one(1)\n"
        }
    )
    assert ("app", "app.one") in found

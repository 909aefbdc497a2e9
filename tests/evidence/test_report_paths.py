from reviewer.evidence.report_paths import PathMap, map_paths

TREE = (
    "app.py",
    "src/app.py",
    "src/shop/cart.py",
    "src/shop/price.py",
    "web/src/index.js",
    "api/src/index.js",
    "web/src/a.js",
)


def mapped(*spelled: str, sources: tuple[str, ...] = ()) -> PathMap:
    return map_paths(spelled, sources, TREE)


def test_a_path_of_the_repository_means_itself() -> None:
    assert mapped("src/app.py", "app.py").found == {"src/app.py": "src/app.py", "app.py": "app.py"}


def test_absolute_paths_and_module_names_are_cut_off_in_front() -> None:
    assert mapped("/home/ci/src/shop/cart.py").found == {"/home/ci/src/shop/cart.py": "src/shop/cart.py"}
    assert mapped("C:\\w\\src\\shop\\cart.py").found == {"C:\\w\\src\\shop\\cart.py": "src/shop/cart.py"}
    assert mapped("example.org/m/src/shop/cart.py").found == {
        "example.org/m/src/shop/cart.py": "src/shop/cart.py"
    }


def test_a_source_is_put_in_front() -> None:
    found = mapped("app.py", "shop/cart.py", "shop/price.py", sources=("/home/ci/repo/src",)).found
    assert found == {
        "app.py": "src/app.py",
        "shop/cart.py": "src/shop/cart.py",
        "shop/price.py": "src/shop/price.py",
    }


def test_what_is_missing_in_front_is_told_by_the_other_files() -> None:
    assert mapped("src/index.js", "src/a.js").found == {
        "src/index.js": "web/src/index.js",
        "src/a.js": "web/src/a.js",
    }


def test_a_path_that_may_be_either_of_two_is_neither() -> None:
    found = mapped("src/index.js")
    assert not found.found
    assert found.ambiguous == {"web/src/index.js", "api/src/index.js"}
    found = mapped("/w/src/app.py")
    assert not found.found
    assert found.ambiguous == {"app.py", "src/app.py"}


def test_a_file_of_another_place_does_not_stand_for_one_of_the_repository() -> None:
    found = mapped("/w/src/shop/cart.py", "/w/src/shop/price.py", "/usr/lib/x/src/shop/cart.py").found
    assert "/usr/lib/x/src/shop/cart.py" not in found


def test_a_name_that_only_ends_alike_is_another_file() -> None:
    assert mapped("/w/scart.py", "/w/myapp.py").found == {}

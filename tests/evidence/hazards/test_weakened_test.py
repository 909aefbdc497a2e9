"""Each case is a test file before and after; `src` code beside it stays unless a test says otherwise."""

from collections.abc import Callable

import pytest

from reviewer.stages.rules.weakened_test import FORMS

Hazards = Callable[..., list[str]]

PY, JS, GO, JAVA, RUBY = (
    "tests/test_a.py",
    "a.test.js",
    "a_test.go",
    "src/test/java/ATest.java",
    "test/a_test.rb",
)
IN_PY = "def test_total():\n    assert total(1) == 3\n"
IN_JS = "it('adds', () => {\n  expect(total(1)).toBe(3);\n});\n"
IN_GO = 'package a\nfunc TestTotal(t *testing.T) {\n\tif Total(1) != 3 {\n\t\tt.Error("no")\n\t}\n}\n'
IN_JAVA = "class ATest {\n  @Test\n  void adds() {\n    assertEquals(3, total.of(1));\n  }\n}\n"
IN_RUBY = "class ATest\n  def test_total\n    assert_equal 3, total.of(1)\n  end\nend\n"
IN_RSPEC = "describe 'a' do\n  it 'adds' do\n    expect(total.of(1)).to eq 3\n  end\nend\n"
OTHER_PY = "def test_other():\n    assert other(1) == 3\n"
OTHER_JS = IN_JS.replace("adds", "takes")

FIRES = [
    ("skipped", PY, IN_PY, "@pytest.mark.skip\n" + IN_PY),
    ("skipped", PY, IN_PY, "@pytest.mark.skip()\n" + IN_PY),
    ("skipped", PY, IN_PY, "@pytest.mark.xfail(strict=False)\n" + IN_PY),
    ("skipped", JS, IN_JS, IN_JS.replace("it(", "it.skip(")),
    ("skipped", JS, IN_JS, IN_JS.replace("it(", "xit(")),
    ("skipped", JS, f"describe('a', () => {{\n{IN_JS}}});\n", f"describe.skip('a', () => {{\n{IN_JS}}});\n"),
    ("skipped", GO, IN_GO, IN_GO.replace("{\n\tif", "{\n\tt.SkipNow()\n\tif")),
    ("skipped", JAVA, IN_JAVA, IN_JAVA.replace("@Test", "@Test\n  @Disabled")),
    ("skipped", JAVA, IN_JAVA, "@Disabled\n" + IN_JAVA),
    ("skipped", RUBY, IN_RUBY, IN_RUBY.replace("    assert", "    skip\n    assert")),
    ("skipped", RUBY, IN_RSPEC, IN_RSPEC.replace("it '", "xit '")),
    ("asserts-nothing-now", PY, IN_PY, "def test_total():\n    x.total(1)\n"),
    ("asserts-nothing-now", JS, IN_JS, "it('adds', () => {\n  sums.total(1);\n});\n"),
    ("asserts-nothing-now", GO, IN_GO, "package a\nfunc TestTotal(t *testing.T) {\n\tTotal(1)\n}\n"),
    ("asserts-nothing-now", JAVA, IN_JAVA, IN_JAVA.replace("assertEquals(3, total.of(1))", "total.of(1)")),
    ("asserts-nothing-now", RUBY, IN_RUBY, IN_RUBY.replace("assert_equal 3, total.of(1)", "total.of(1)")),
    ("vacuous", PY, IN_PY, "def test_total():\n    total(1)\n    assert True\n"),
    ("vacuous", PY, "", "class TestA(TestCase):\n    def test_total(self):\n        self.assertTrue(True)\n"),
    ("vacuous", JS, IN_JS, "it('adds', () => {\n  total(1);\n  expect(true).toBe(true);\n});\n"),
    ("vacuous", JAVA, IN_JAVA, IN_JAVA.replace("assertEquals(3, total.of(1))", "assertTrue(true)")),
    ("removed", PY, IN_PY + OTHER_PY, OTHER_PY),
    ("removed", JS, IN_JS + OTHER_JS, OTHER_JS),
]

QUIET = [
    (PY, IN_PY, "@pytest.mark.skip(reason='the store is down')\n" + IN_PY),
    (PY, IN_PY, "@pytest.mark.skip  # the store is down\n" + IN_PY),
    (PY, IN_PY, "@pytest.mark.xfail(sys.platform == 'win32', strict=True)\n" + IN_PY),
    (PY, "", "@pytest.mark.skip\n" + IN_PY),
    (PY, "@pytest.mark.skip\n" + IN_PY, "@pytest.mark.skip\n" + IN_PY.replace("3", "4")),
    (JS, IN_JS, "// the store is down\n" + IN_JS.replace("it(", "it.skip(")),
    (GO, IN_GO, IN_GO.replace("{\n\tif", '{\n\tt.Skip("the store is down")\n\tif')),
    (JAVA, IN_JAVA, IN_JAVA.replace("@Test", '@Test\n  @Disabled("the store is down")')),
    (RUBY, IN_RUBY, IN_RUBY.replace("    assert", "    skip 'the store is down'\n    assert")),
    (PY, IN_PY, "def test_total():\n    with pytest.raises(E):\n        total(1)\n"),
    (PY, IN_PY, "def test_total():\n    compare_total(1)\n"),
    (PY, IN_PY, "def test_total():\n    run(1)\n"),
    (PY, IN_PY, "class A:\n    def test_total(self):\n        self.total(1)\n"),
    (JS, IN_JS, "it('adds', () => {\n  verifyTotal(1);\n});\n"),
    (GO, IN_GO, "package a\nfunc TestTotal(t *testing.T) {\n\tcases.Run(t, 1)\n}\n"),
    (JAVA, IN_JAVA, IN_JAVA.replace("assertEquals(3, total.of(1))", "mvc.get(1).andExpect(ok())")),
    (PY, IN_PY, "def test_total():\n    assert True\n    assert total(1) == 3\n"),
    (PY, IN_PY + OTHER_PY, OTHER_PY + IN_PY.replace("test_total", "test_sum")),
    (PY, IN_PY + OTHER_PY, OTHER_PY + "# test_total is in another suite\n"),
    (PY, "@pytest.mark.skip\n" + IN_PY + OTHER_PY, OTHER_PY),
    (PY, IN_PY + IN_PY, IN_PY),
    ("a.py", IN_PY + OTHER_PY, OTHER_PY),
]


@pytest.mark.parametrize(("form", "path", "before", "after"), FIRES)
def test_a_test_that_catches_less_is_told(
    hazards: Hazards, form: str, path: str, before: str, after: str
) -> None:
    found = hazards({path: before} if before else {}, {path: after})
    assert [one.rsplit(":", 1)[0] for one in found] == [f"weakened-test {form} {path}"]


@pytest.mark.parametrize(("path", "before", "after"), QUIET)
def test_what_catches_as_much_or_says_why_is_silence(
    hazards: Hazards, path: str, before: str, after: str
) -> None:
    assert hazards({path: before} if before else {}, {path: after}) == []


def test_a_test_that_goes_with_other_code_is_silence(hazards: Hazards) -> None:
    before = {PY: IN_PY + OTHER_PY, "src/a.py": "def total(x): ...\n"}
    assert hazards(before, {PY: OTHER_PY, "src/a.py": "def other(x): ...\n"}) == []


def test_a_test_that_moves_to_another_file_is_silence(hazards: Hazards) -> None:
    assert hazards({PY: IN_PY + OTHER_PY}, {PY: OTHER_PY, "tests/test_b.py": IN_PY}) == []


def test_a_test_that_goes_while_another_file_gains_one_is_silence(hazards: Hazards) -> None:
    renamed = IN_PY.replace("test_total", "test_sum")
    assert hazards({PY: IN_PY + OTHER_PY}, {PY: OTHER_PY, "tests/test_b.py": renamed}) == []


def test_every_form_has_words_and_every_word_is_produced() -> None:
    assert {form for form, *_ in FIRES} == set(FORMS)

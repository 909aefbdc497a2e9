import pytest

from reviewer.domain.change import Side
from reviewer.domain.evidence import Analysis
from reviewer.evidence.literals.document import Document


@pytest.mark.parametrize(
    ("path", "text", "key", "value", "line"),
    [
        ("en.yml", 'en:\n  errors:\n    short: "at least 3"\n', "en.errors.short", "at least 3", 3),
        ("en.yml", "en:\n  a: &x hello\n  b: *x\n", "en.b", "hello", 2),
        ("en.yml", "en:\n  long: >\n    at most\n    20 characters\n", "en.long", "at most 20 characters\n", 2),
        ("en.json", '{"errors": {\n  "list": [1, {"short": "at least 3"}]}}', "errors.list.1.short", "at least 3", 2),
        ("m.properties", "# note\nuser.name.size=at least 3\n", "user.name.size", "at least 3", 2),
        ("c.toml", "[upload]\nmax_size = 5\n", "upload.max_size", "5", 2),
        ("d.po", 'msgid "short"\nmsgstr ""\n"at least "\n"3"\n', "short", "at least 3", 2),
        ("s.xml", '<resources>\n<string name="short">at least 3</string>\n', "short", "at least 3", 2),
    ],
)  # fmt: skip
def test_an_entry_has_its_key_path_and_line(path: str, text: str, key: str, value: str, line: int) -> None:
    found = {(piece.key, piece.text): piece.first_line for piece in Document(path, Side.HEAD, text).pieces}
    assert found[key, value] == line


def test_a_yaml_file_that_no_parser_reads_is_read_by_lines_and_says_so() -> None:
    doc = Document("en.yml", Side.HEAD, "en:\n  a: '<%= x %>\n  short: at least 3\n")
    assert ("en.short", "at least 3") in [(piece.key, piece.text) for piece in doc.pieces]
    assert "read line by line" in (doc.problem or "")
    assert doc.analysis is Analysis.WORDS


def test_strings_that_are_written_in_parts_are_one_text() -> None:
    doc = Document("a.py", Side.HEAD, 'x = _("at least "\n      "3 characters")\n')
    assert [(piece.text, piece.first_line, piece.last_line) for piece in doc.pieces] == [
        ("at least 3 characters", 1, 2)
    ]


def test_words_of_a_template_are_read_without_its_tags_and_comments() -> None:
    text = "<!-- at least 9 -->\n<p>At least <b>3</b>\ncharacters</p>{# at most 7 #}\n"
    doc = Document("t.html", Side.HEAD, text)
    assert [(piece.text, piece.first_line) for piece in doc.pieces] == [("At least 3 characters", 2)]


def test_comments_of_a_program_are_no_texts() -> None:
    for path, text in (
        ("a.py", "# 'at least 3'\n"),
        ("A.java", "// \"at least 3\"\n/* 'x' */\n"),
        ("a.rb", "# 'x'\n"),
    ):
        assert Document(path, Side.HEAD, text).pieces == ()


def test_nesting_without_end_is_bounded() -> None:
    doc = Document("a.json", Side.HEAD, "[" * 100_000)
    assert doc.pieces == ()
    assert "nested deeper" in (doc.problem or "")

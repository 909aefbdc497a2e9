from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.source_file import SourceFile


def test_names_of_one_statement_are_told_apart_and_share_its_text() -> None:
    grammar = grammar_of("a.go")
    assert grammar is not None
    names = [f"N{number}" for number in range(40)]
    file = SourceFile("a.go", f"package p\nvar {', '.join(names)} = f()\n".encode(), grammar)
    assert [definition.name for definition in file.definitions] == names
    assert {definition.signature for definition in file.definitions} == {f"{','.join(names)}=f()"}


def test_errors_in_two_statements_are_two_places_and_errors_in_one_are_told_by_that_statement() -> None:
    grammar = grammar_of("a.py")
    assert grammar is not None
    source = b"def f():\n    x = = 1\n    y = = 2\n\nz = 3\n\ndef g():\n    w = = 4\n"
    problem = SourceFile("a.py", source, grammar).syntax_problem
    assert problem is not None
    assert problem.line == 2
    assert {source[start:end].split(b"(")[0] for start, end in problem.spans} == {b"def f", b"def g"}
    assert len(problem.garbled) == len(problem.spans)

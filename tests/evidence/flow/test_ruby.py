"""Names, control flow and methods; classes and blocks have files of their own."""

from collections.abc import Callable, Mapping

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


def edges(text: str) -> set[tuple[str, str]]:
    """`caller > callee` by line."""
    return {(caller, callee) for line in text.splitlines() for caller, callee in [line.split(" > ")]}


TWO = """
def one = nil
def two = nil
"""
PAIR = """
class A
  def go = nil
end
class B
  def go = nil
end
"""
CASES = [
    ("a bare name calls a method of the file", "def one; end\none\none()", "app > app.one"),
    ("a variable hides the method of its name", "def one; end\none = 1\none", ""),
    ("a parameter hides the method of its name", "def one; end\ndef two(one) = one\ntwo(1)", "app > app.two"),
    (
        "a method does not see the variables around it",
        "def one; end\none = 1\ndef two = one\ntwo",
        "app > app.two\napp.two > app.one",
    ),
    ("brackets call in spite of a variable", "def one; end\none = 1\none()", "app > app.one"),
    ("the last assignment counts", PAIR + "x = A.new\nx = B.new\nx.go", "app > app.B.go"),
    (
        "where ways meet either assignment counts",
        PAIR + "x = A.new\nx = B.new if ARGV.empty?\nx.go",
        "app > app.A.go\napp > app.B.go\napp > <builtin>.ARGV.empty?",
    ),
    (
        "if gives the value of its ways",
        PAIR + "x = if ENV then A.new else B.new end\nx.go",
        "app > app.A.go\napp > app.B.go",
    ),
    (
        "case gives the value of its ways",
        PAIR + "x = case 1\n when 1 then A.new\n else B.new\n end\nx.go",
        "app > app.A.go\napp > app.B.go",
    ),
    ("a ternary gives either", PAIR + "(ENV ? A : B).new.go", "app > app.A.go\napp > app.B.go"),
    ("and gives its right side", PAIR + "(A.new && B.new).go", "app > app.B.go"),
    ("or gives either side", PAIR + "(A.new || B.new).go", "app > app.A.go\napp > app.B.go"),
    (
        "a loop sees assignments further down",
        PAIR + "x = A.new\nwhile ENV\n x.go\n x = B.new\nend",
        "app > app.A.go\napp > app.B.go",
    ),
    (
        "begin gives what its rescue gives",
        PAIR + "x = begin\n A.new\nrescue\n B.new\nend\nx.go",
        "app > app.A.go\napp > app.B.go",
    ),
    (
        "a rescued object has the class that is named",
        "class Oops < StandardError\n def why = nil\nend\nbegin\n raise Oops\nrescue Oops => e\n e.why\nend",
        "app > <builtin>.raise\napp > app.Oops.why",
    ),
    (
        "raise makes the class it names",
        "class Oops < StandardError\n def initialize(m) = nil\nend\nraise Oops, 'x'",
        "app > <builtin>.raise\napp > app.Oops.initialize",
    ),
    ("ensure runs too", TWO + "begin\n one\nensure\n two\nend", "app > app.one\napp > app.two"),
    ("a method ensures too", TWO + "def m\n one\nensure\n two\nend", "app.m > app.one\napp.m > app.two"),
    (
        "the last expression is the result",
        PAIR + "def m\n A.new\n B.new\nend\nm.go",
        "app > app.m\napp > app.B.go",
    ),
    (
        "return gives a result besides",
        PAIR + "def m\n return A.new if ENV\n B.new\nend\nm.go",
        "app > app.m\napp > app.A.go\napp > app.B.go",
    ),
    (
        "arguments reach parameters by place",
        PAIR + "def m(a, b = A.new) = b.go\nm(1, B.new)",
        "app > app.m\napp.m > app.A.go\napp.m > app.B.go",
    ),
    (
        "arguments reach parameters by name",
        PAIR + "def m(k:, o: 1) = k.go\nm(o: A.new, k: B.new)",
        "app > app.m\napp.m > app.B.go",
    ),
    (
        "a short keyword passes the variable",
        PAIR + "def m(k:) = k.go\nk = A.new\nm(k:)",
        "app > app.m\napp.m > app.A.go",
    ),
    (
        "surplus arguments are a list",
        PAIR + "def m(a, *rest) = rest[0].go\nm(A.new, B.new)",
        "app > app.m\napp.m > app.B.go",
    ),
    (
        "surplus keywords are a hash",
        PAIR + "def m(**all) = all[:b].go\nm(a: A.new, b: B.new)",
        "app > app.m\napp.m > app.B.go",
    ),
    (
        "a list is spread",
        PAIR + "def m(a, b) = b.go\nx = [A.new, B.new]\nm(*x)",
        "app > app.m\napp.m > app.B.go",
    ),
    (
        "a hash is spread",
        PAIR + "def m(a:, b:) = b.go\nx = {a: A.new, b: B.new}\nm(**x)",
        "app > app.m\napp.m > app.B.go",
    ),
    (
        "three dots pass everything on",
        PAIR + "def n(a, k:) = k.go\ndef m(...) = n(...)\nm(A.new, k: B.new)",
        "app > app.m\napp.m > app.n\napp.n > app.B.go",
    ),
    ("a list is taken apart", PAIR + "a, b = A.new, B.new\nb.go", "app > app.B.go"),
    ("a nested list is taken apart", PAIR + "a, (b, *c) = 1, [A.new, B.new]\nc[0].go", "app > app.B.go"),
    (
        "several results are taken apart",
        PAIR + "def m\n return A.new, B.new\nend\n_, b = m\nb.go",
        "app > app.m\napp > app.B.go",
    ),
    ("a hash keeps keys apart", PAIR + "h = {a: A.new, 'b' => B.new}\nh['b'].go", "app > app.B.go"),
    ("an element is set by key", PAIR + "h = {}\nh[:a] = A.new\nh[:b] = B.new\nh[:b].go", "app > app.B.go"),
    (
        "a list keeps places apart",
        PAIR + "l = [A.new, B.new]\nl[1].go\nl.first",
        "app > app.B.go\napp > <builtin>.Array.first",
    ),
    ("a list takes elements", PAIR + "l = []\nl << A.new\nl[0].go", "app > app.A.go"),
    (
        "fetch takes by key",
        PAIR + "h = {a: A.new, b: B.new}\nh.fetch(:a).go",
        "app > <builtin>.Hash.fetch\napp > app.A.go",
    ),
    (
        "a pattern takes a hash apart",
        PAIR + "case {a: A.new, b: B.new}\nin {a:, b: x}\n x.go\nend",
        "app > app.B.go",
    ),
    ("a pattern takes a list apart", PAIR + "case [A.new, B.new]\nin [_, x]\n x.go\nend", "app > app.B.go"),
    (
        "a pattern names the class of what nobody knows",
        PAIR + "def m(x)\n case x\n in A => a then a.go\n end\nend",
        "app.m > app.A.go",
    ),
    (
        "when names the class of what nobody knows",
        PAIR + "def m(x)\n case x\n when A then x.go\n when 1, 2 then x.go\n end\nend\n"
        "def n(y)\n case y\n when A then y.go\n end\nend\nn(B.new)",
        "app.m > app.A.go\napp > app.n\napp.n > app.B.go",
    ),
    ("a global holds an object", PAIR + "$x = A.new\ndef m = $x.go", "app.m > app.A.go"),
    ("a constant holds an object", PAIR + "X = A.new\ndef m = X.go", "app.m > app.A.go"),
    (
        "a text is no object of ours",
        "class A\n def upcase = nil\nend\n'x'.upcase",
        "app > <builtin>.String.upcase",
    ),
    (
        "what is shown is turned into text",
        "class A\n def to_s = 'a'\nend\nx = A.new\nputs \"#{x}\"\nputs x",
        "app > app.A.to_s\napp > <builtin>.puts",
    ),
    (
        "a heredoc is turned into text",
        "class A\n def to_s = 'a'\nend\nx = A.new\ny = <<~T\n  #{x}\nT",
        "app > app.A.to_s",
    ),
    ("a list of names is no call", "def one; end\nx = %i[one]\ny = %w[one]\nz = :one", ""),
    ("an unknown receiver calls nothing", PAIR + "def m(x) = x.go", ""),
    ("a comment is no call", "def one; end\n# one\n=begin\none\n=end", ""),
    ("an alias is the method", "def one; end\nalias uno one\nuno", "app > app.one"),
    ("defined? calls nothing", "def one; end\ndefined?(one)", ""),
    (
        "something outside keeps its name",
        "Net::HTTP.start('x').get('/')",
        "app > Net.HTTP.start\napp > Net.HTTP.start.get",
    ),
]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(s, e, id=name) for name, s, e in CASES])
def test_calls_are_followed_to_what_they_run(calls: Calls, source: str, expected: str) -> None:
    assert calls({"app.rb": source}) == edges(expected)


def test_a_piece_that_is_not_understood_leaves_the_rest(calls: Calls) -> None:
    assert calls({"app.rb": "def one; end\none\nx = = )\n"}) >= {("app", "app.one")}


def test_very_deep_nesting_is_cut_and_does_not_fail(calls: Calls) -> None:
    source = "def one; end\none\nx = " + "[" * 390 + "one" + "]" * 390 + "\n"
    assert calls({"app.rb": source}) == {("app", "app.one")}

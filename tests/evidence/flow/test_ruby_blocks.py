"""Blocks, procs, methods as values, and names that are computed."""
# ruff: noqa: E501 - a program is one line

from collections.abc import Callable, Mapping

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


def edges(text: str) -> set[tuple[str, str]]:
    """`caller > callee` by line."""
    return {(caller, callee) for line in text.splitlines() for caller, callee in [line.split(" > ")]}


A = "class A\n def go = nil\n def peer = A.new\nend\n"
EACH = "class L\n include Enumerable\n def each\n  yield A.new\n end\nend\n"
CASES = [
    (
        "yield runs the block with what it is given",
        A + "def m\n yield A.new\nend\nm { |x| x.go }",
        "app > app.m\napp.m > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "a block gives the value of yield",
        A + "def m = yield.go\nm { A.new }",
        "app > app.m\napp.m > app.<lambda1>\napp.m > app.A.go",
    ),
    (
        "a block that is a parameter is called",
        A + "def m(&b) = b.call(A.new)\nm do |x|\n x.go\nend",
        "app > app.m\napp.m > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "a block is passed on",
        A + "def n = yield\ndef m(&b) = n(&b)\nm { A.new.go }",
        "app > app.m\napp.m > app.n\napp.n > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "a block without a name is passed on",
        A + "def n = yield\ndef m(&) = n(&)\nm { A.new.go }",
        "app > app.m\napp.m > app.n\napp.n > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "super passes the block on",
        A + "class P\n def m = yield\nend\nclass C < P\n def m = super\nend\nC.new.m { A.new.go }",
        "app > app.C.m\napp.C.m > app.P.m\napp.P.m > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "blocks are kept apart by the method that gets them",
        A + "def m = yield\ndef n = yield\nm { A.new.go }\nn { 1 }",
        "app > app.m\napp > app.n\napp.m > app.<lambda1>\napp.n > app.<lambda2>\napp.<lambda1> > app.A.go",
    ),
    (
        "lambdas are called in every way",
        A + "f = ->(x) { x.go }\nf.call(A.new)\nf.(A.new)\nf[A.new]\nf.yield(A.new)",
        "app > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "proc and lambda are functions",
        A + "f = proc { A.new }\ng = lambda { |x| x.go }\nh = Proc.new { 1 }\ng.call(f.call)\nh.call",
        "app > app.<lambda1>\napp > app.<lambda2>\napp > app.<lambda3>\napp.<lambda2> > app.A.go",
    ),
    (
        "a block sees self and the variables around it",
        A
        + "def m = yield\nclass B\n def run(a)\n  m { a.go; other }\n end\n def other = nil\nend\nB.new.run(A.new)",
        "app > app.B.run\napp.B.run > app.m\napp.m > app.B.run.<lambda1>\napp.B.run.<lambda1> > app.A.go\n"
        "app.B.run.<lambda1> > app.B.other",
    ),
    (
        "a variable that a block assigns is known behind it",
        A + "def m = yield\nx = nil\nm { x = A.new }\nx.go",
        "app > app.m\napp.m > app.<lambda1>\napp > app.A.go",
    ),
    (
        "a variable of a block ends with it",
        A + "def m = yield\ndef x = nil\nm { x = A.new }\nx",
        "app > app.m\napp.m > app.<lambda1>\napp > app.x",
    ),
    (
        "a symbol is a block that calls its method",
        A + "[A.new].each(&:go)\n[A.new].map(&:peer).first.go",
        "app > <builtin>.Array.each\napp > app.A.go\napp > <builtin>.Array.map\napp > app.A.peer\n"
        "app > <builtin>.Array.first",
    ),
    (
        "a method is a block",
        A + "def one(x) = x.go\n[A.new].each(&method(:one))",
        "app > <builtin>.method\napp > <builtin>.Array.each\napp > app.one\napp.one > app.A.go",
    ),
    (
        "a method is a value",
        A + "m = A.new.method(:go)\nm.call\nm.()",
        "app > <builtin>.method\napp > app.A.go",
    ),
    (
        "each and map run blocks with elements",
        A + "[A.new].each { |x| x.go }\n[1].map { A.new }.each do |x|\n x.peer\nend",
        "app > <builtin>.Array.each\napp > <builtin>.Array.map\napp > app.<lambda1>\napp > app.<lambda2>\n"
        "app > app.<lambda3>\napp.<lambda1> > app.A.go\napp.<lambda3> > app.A.peer",
    ),
    (
        "a hash gives keys and values",
        A + "{a: A.new}.each { |k, v| v.go }",
        "app > <builtin>.Hash.each\napp > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "a list is taken apart by a block of two",
        A + "[[1, A.new]].each { |n, a| a.go }\n[[1, A.new]].each { |(n, a)| a.peer }",
        "app > <builtin>.Array.each\napp > app.<lambda1>\napp > app.<lambda2>\napp.<lambda1> > app.A.go\n"
        "app.<lambda2> > app.A.peer",
    ),
    (
        "what is folded reaches the block",
        A
        + "[1].inject(A.new) { |memo, x| memo.go; memo }\n[1].each_with_object(A.new) { |x, memo| memo.peer }",
        "app > <builtin>.Array.inject\napp > app.<lambda1>\napp.<lambda1> > app.A.go\n"
        "app > <builtin>.Array.each_with_object\napp > app.<lambda2>\napp.<lambda2> > app.A.peer",
    ),
    (
        "numbered and nameless parameters",
        A + "[A.new].each { _1.go }\n[A.new].each { it.peer }",
        "app > <builtin>.Array.each\napp > app.<lambda1>\napp > app.<lambda2>\napp.<lambda1> > app.A.go\n"
        "app.<lambda2> > app.A.peer",
    ),
    (
        "the user's own each runs the block",
        A + EACH + "L.new.each { |x| x.go }",
        "app > app.L.each\napp.L.each > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "enumerable goes through the user's own each",
        A + EACH + "L.new.map { |x| x.go }",
        "app > <builtin>.Enumerable.map\napp > app.L.each\napp.L.each > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "without enumerable there is no map",
        A + "class L\n def each = yield(A.new)\nend\nL.new.map { |x| x.go }",
        "",
    ),
    (
        "for iterates",
        A + "for x in [A.new] do x.go end",
        "app > app.A.go",
    ),
    (
        "send calls by name",
        A + "A.new.send(:go)\nA.new.public_send('peer')\nname = :go\nA.new.__send__(name)",
        "app > <builtin>.send\napp > <builtin>.public_send\napp > <builtin>.__send__\napp > app.A.go\napp > app.A.peer",
    ),
    (
        "send passes the other arguments",
        A + "class B\n def run(x) = x.go\nend\nB.new.send(:run, A.new)",
        "app > <builtin>.send\napp > app.B.run\napp.B.run > app.A.go",
    ),
    (
        "what is spread or passed as a block is evaluated whoever is called",
        A + "ENV.x(*[A.new.go], &A.new.method(:peer))",
        "app > <builtin>.ENV.x\napp > app.A.go\napp > <builtin>.method\napp > app.A.peer",
    ),
    (
        "a name and a body that come from elsewhere are not put together",
        A
        + "class B\n def self.set(name, body)\n  define_method(name, body)\n end\n set(:x, -> { A.new.go })\n"
        " set(:y, -> { A.new.peer })\nend\nB.new.x",
        "app.B > app.B.set\napp.B.set > <builtin>.define_method\napp.B.<lambda1> > app.A.go\n"
        "app.B.<lambda2> > app.A.peer",
    ),
    (
        "names of a list define methods",
        A + "class B\n %i[x y].each do |name|\n  define_method(name) { A.new.go }\n end\nend\nB.new.y",
        "app.B > <builtin>.Array.each\napp.B > app.B.<lambda1>\napp.B.<lambda1> > <builtin>.define_method\n"
        "app > app.B.<lambda1>.<lambda1>\napp.B.<lambda1>.<lambda1> > app.A.go",
    ),
    (
        "elements come with their place, in groups and in pairs",
        A
        + "l = [A.new]\nl.each_with_index { |x, n| x.go }\nl.group_by { 1 }.each { |k, xs| xs.first.peer }\n"
        "l.zip(l).each { |a, b| b.go }\nl.each.with_index { |x, n| x.peer }",
        "app > <builtin>.Array.each_with_index\napp > app.<lambda1>\napp.<lambda1> > app.A.go\n"
        "app > <builtin>.Array.group_by\napp > app.<lambda2>\napp > <builtin>.Hash.each\napp > app.<lambda3>\n"
        "app.<lambda3> > <builtin>.Array.first\napp.<lambda3> > app.A.peer\napp > <builtin>.Array.zip\n"
        "app > <builtin>.Array.each\napp > app.<lambda4>\napp.<lambda4> > app.A.go\n"
        "app > <builtin>.Array.with_index\napp > app.<lambda5>\napp.<lambda5> > app.A.peer",
    ),
    (
        "an unbound method is bound and called",
        A + "A.instance_method(:go).bind(A.new).call",
        "app > <builtin>.instance_method\napp > <builtin>.Proc.bind\napp > app.A.go",
    ),
    ("a computed name calls nothing", A + "A.new.send(ARGV)", "app > <builtin>.send"),
    (
        "a constant is got by name",
        A + "Object.const_get('A').new.go",
        "app > <builtin>.Object.const_get\napp > app.A.go",
    ),
    (
        "a field is got by name",
        A + "class B\n def initialize\n  @a = A.new\n end\nend\nB.new.instance_variable_get(:@a).go",
        "app > app.B.initialize\napp > <builtin>.instance_variable_get\napp > app.A.go",
    ),
    (
        "a method is defined by name",
        A + "class B\n define_method(:run) { |x| other(x) }\n def other(x) = x.go\nend\nB.new.run(A.new)",
        "app > app.B.run\napp.B.run > app.B.other\napp.B.other > app.A.go",
    ),
    (
        "a block runs as another object",
        A + "class B\n def setup(&b) = instance_eval(&b)\n def other = nil\nend\nB.new.setup { other }",
        "app > app.B.setup\napp.B.setup > <builtin>.instance_eval\napp.B.setup > app.<lambda1>\n"
        "app.<lambda1> > app.B.other",
    ),
    (
        "tap and then give the object to the block",
        A + "A.new.tap { |x| x.go }.peer\nA.new.then { |x| x.peer }.go",
        "app > <builtin>.tap\napp > app.<lambda1>\napp.<lambda1> > app.A.go\napp > app.A.peer\napp > <builtin>.then\n"
        "app > app.<lambda2>\napp.<lambda2> > app.A.peer\napp > app.A.go",
    ),
    (
        "a constant holds a function",
        A + "RUN = ->(x) { x.go }\nRUN.call(A.new)\nALL = {a: ->(x) { x.peer }}\nALL[:a].call(A.new)",
        "app > app.<lambda1>\napp.<lambda1> > app.A.go\napp > app.<lambda2>\napp.<lambda2> > app.A.peer",
    ),
    (
        "a function is returned",
        A + "def m(x) = -> { x.go }\nm(A.new).call",
        "app > app.m\napp > app.m.<lambda1>\napp.m.<lambda1> > app.A.go",
    ),
    (
        "return in a block leaves the method",
        A + "def n = yield\ndef m\n n { return A.new }\n nil\nend\nm.go",
        "app > app.m\napp.m > app.n\napp.n > app.m.<lambda1>\napp > app.A.go",
    ),
    (
        "something outside runs its block",
        A + "Rails.configure { A.new.go }",
        "app > Rails.configure\napp > app.<lambda1>\napp.<lambda1> > app.A.go",
    ),
    (
        "loop and times run their blocks",
        A + "loop { A.new.go }\n3.times { A.new.peer }",
        "app > <builtin>.loop\napp > app.<lambda1>\napp > <builtin>.Integer.times\napp > app.<lambda2>\n"
        "app.<lambda1> > app.A.go\napp.<lambda2> > app.A.peer",
    ),
    (
        "a hash with a block makes what is missing",
        A + "h = Hash.new { |hash, key| hash[key] = A.new }\nh[:x].go",
        "app > <builtin>.Hash.new\napp > app.<lambda1>\napp > app.A.go",
    ),
]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(s, e, id=name) for name, s, e in CASES])
def test_blocks_and_functions_are_followed_to_where_they_run(
    calls: Calls, source: str, expected: str
) -> None:
    assert calls({"app.rb": source}) == edges(expected)

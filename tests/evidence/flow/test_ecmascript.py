# ruff: noqa: E501 - a program a line is easier to read than one that is cut
from collections.abc import Callable, Iterator, Mapping
from textwrap import dedent

import pytest

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.call_graph import call_graph
from reviewer.evidence.flow.graph import MAX_OBJECTS
from reviewer.evidence.flow.program import Program

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]
Programs = Callable[[Mapping[str, str]], Program]


def edges(written: str) -> set[tuple[str, str]]:
    """`a -> b, c` a line: caller and callees, each in the file app unless it has a dot in front or a bracket."""
    found = set()
    for line in dedent(written).strip().splitlines():
        caller, _, callees = line.partition(" -> ")
        found |= {(_full(caller.strip()), _full(callee.strip())) for callee in callees.split(", ")}
    return found


def _full(name: str) -> str:
    if name == "app" or name.startswith("<builtin>"):
        return name
    return name[1:] if name.startswith("/") else f"app.{name}"


def case(name: str, source: str, expected: str) -> object:
    return pytest.param(source, expected, id=name)


FUNCTIONS = [
    case("a call before a hoisted function", "f(); function f() { g() } function g() {}", "app -> f\nf -> g"),
    case(
        "straight code means the last assignment",
        "function a() {} function b() {} let x = a; x = b; x();",
        "app -> b",
    ),
    case(
        "where ways meet, either assignment",
        "function a() {} function b() {} let x = a; if (y) { x = b } x();",
        "app -> a, b",
    ),
    case(
        "both branches replace what was there",
        "function a() {} function b() {} function c() {} let x = a; if (y) { x = b } else { x = c } x();",
        "app -> b, c",
    ),
    case(
        "a let of a block hides the outer one and ends with the block",
        "function a() {} function b() {} let x = a; { let x = b; x(); } x();",
        "app -> a, b",
    ),
    case(
        "an inner let leaves the outer name alone",
        "function a() {} function b() {} function f() { let x = a; { let x = b; } x(); } f();",
        "app -> f\nf -> a",
    ),
    case(
        "a var in a block belongs to the function",
        "function a() {} function f() { if (y) { var x = a; } x(); } f();",
        "app -> f\nf -> a",
    ),
    case(
        "a parameter hides a function",
        "function a() {} function b() {} function f(a) { a() } f(b);",
        "app -> f\nf -> b",
    ),
    case(
        "an arrow is called by its variable",
        "const f = () => g(); const g = function () {}; f();",
        "app -> f\nf -> g",
    ),
    case(
        "functions without a name are counted in their scope",
        "(function () { (() => f())(); })(); (() => {})(); function f() {}",
        "app -> <lambda1>, <lambda2>\n<lambda1> -> <lambda1>.<lambda1>\n<lambda1>.<lambda1> -> f",
    ),
    case(
        "a function expression knows itself by its own name",
        "const f = function g() { g() }; function h() {} f();",
        "app -> g\ng -> g",
    ),
    case(
        "a function in a block that nobody calls is looked at too",
        "function f() { if (y) { for (const a of z) { w(() => { g() }) } } } function g() {}",
        "f.<lambda1> -> g",
    ),
    case(
        "closures keep what they were made with",
        "function a() {} function make(x) { return () => x() } make(a)();",
        "app -> make, make.<lambda1>\nmake.<lambda1> -> a",
    ),
    case(
        "a nested function is reached by its scope",
        "function o() { function i() {} i() } function i() {} o();",
        "app -> o\no -> o.i",
    ),
    case(
        "a default speaks beside what is passed",
        "function a() {} function b() {} function f(x = a) { x() } f(); f(b);",
        "app -> f\nf -> a, b",
    ),
    case(
        "rest and spread keep positions where they can",
        "function a() {} function b() {} function f(x, ...r) { r[0]() } f(a, b); f(...[a, b]);",
        "app -> f\nf -> b",
    ),
    case(
        "arguments are what was passed",
        "function a() {} function b() {} function f(x) { arguments[0](); } f(a, b);",
        "app -> f\nf -> a",
    ),
    case(
        "an assignment in a closure changes the outer variable",
        "function a() {} let x; function set() { x = a } set(); x();",
        "app -> set, a",
    ),
    case(
        "each way of a loop may come next",
        "function a() {} function b() {} let x = a; while (y) { x(); x = b; }",
        "app -> a, b",
    ),
    case(
        "a switch joins its cases",
        "function a() {} function b() {} let x; switch (y) { case 1: x = a; break; default: x = b } x();",
        "app -> a, b",
    ),
    case(
        "try, catch and finally all run",
        "function a() {} function b() {} function c() {} try { a() } catch (e) { b() } finally { c() }",
        "app -> a, b, c",
    ),
    case(
        "operators choose among their sides",
        "function a() {} function b() {} const x = y ? a : z || b; x();",
        "app -> a, b",
    ),
    case(
        "a long chain of operators is walked",
        "function a() {}\nconst x = " + "1 + " * 3000 + "a();",
        "app -> a",
    ),
    case(
        "a tagged template calls its tag",
        "function t(s, f) { f() } function g() {} t`x${g}`;",
        "app -> t\nt -> g",
    ),
]

OBJECTS = [
    case(
        "methods of an object call each other through this",
        "const o = { a() { this.b() }, b() {} }; const p = { b() {} }; o.a();",
        "app -> o.a\no.a -> o.b",
    ),
    case(
        "an arrow in a method keeps the outer this",
        "const o = { a() { [1].forEach(() => this.b()) }, b() {} }; o.a();",
        "app -> o.a\no.a -> <builtin>.Array.forEach, o.a.<lambda1>\no.a.<lambda1> -> o.b",
    ),
    case(
        "a property is reached by a text",
        "const o = { a() {}, b() {} }; o['a'](); const k = 'b'; o[k]();",
        "app -> o.a, o.b",
    ),
    case("a computed key of a text is that key", "const o = { ['a']() {}, b() {} }; o.a();", "app -> o.a"),
    case("a key nobody knows may be any", "const o = { a() {}, b() {} }; o[z]();", "app -> o.a, o.b"),
    case(
        "a getter runs when it is read and a setter when it is written",
        "const o = { get a() { return f }, set b(x) { x() } }; function f() {} o.a(); o.b = f;",
        "app -> o.a, f, o.b\no.b -> f",
    ),
    case(
        "objects are taken apart by name",
        "const { a, b: c, ...r } = { a() {}, b() {}, d() {} }; a(); c(); r.d(); r.a;",
        "app -> a, b, d",
    ),
    case(
        "lists are taken apart by place",
        "function a() {} function b() {} const [, x] = [a, b]; x();",
        "app -> b",
    ),
    case(
        "a later entry replaces what a spread brought",
        "function f() {} const a = { x() {}, y() {} }; const b = { ...a, x: f }; b.x(); b.y();",
        "app -> f, a.y",
    ),
    case(
        "what is stored under an unknown key may be any member, but not one that lists have",
        "function f() {} const o = {}; o[z] = f; o.x(); o.map();",
        "app -> f",
    ),
    case(
        "a write runs no function that a computed key stored",
        "function f() {} const o = {}; o[z] = f; o.y = 1;",
        "app -> /never",
    ),
    case("a member set later is found", "function f() {} const o = {}; o.x = f; o.x(); o.y;", "app -> f"),
    case(
        "assign copies members",
        "const a = { x() {} }; const b = Object.assign({}, a); b.x();",
        "app -> <builtin>.Object.assign, a.x",
    ),
    case(
        "call, apply and bind pass the receiver",
        """
        function f(g) { this.m(); g() } const o = { m() {} }; function a() {} function b() {} function c() {}
        f.call(o, a); f.apply(o, [b]); const h = f.bind(o, c); h();
        """,
        """
        app -> <builtin>.Function.call, <builtin>.Function.apply, <builtin>.Function.bind, f
        f -> o.m, a, b, c
        """,
    ),
    case(
        "a method called through another object has that as this",
        "const o = { m() { this.n() }, n() {} }; const p = { m: o.m, n() {} }; p.m();",
        "app -> o.m\no.m -> p.n",
    ),
    case(
        "values of an object are all it holds",
        "const o = { a() {}, b() {} }; Object.values(o).forEach(f => f());",
        "app -> <builtin>.Object.values, <builtin>.Array.forEach, <lambda1>\n<lambda1> -> o.a, o.b",
    ),
]

CLASSES = [
    case(
        "a constructor, methods and fields",
        "class A { f = () => this.m(); constructor() { this.m() } m() {} } new A().f();",
        "app -> A.constructor, A.f\nA.constructor -> A.m\nA.f -> A.m",
    ),
    case(
        "a class without a constructor takes the one above",
        "class A { constructor() {} } class B extends A {} new B();",
        "app -> A.constructor",
    ),
    case(
        "an override is reached through the base, and super goes up",
        "class A { run() { this.s() } s() {} } class B extends A { s() { super.s() } } new B().run();",
        "app -> A.run\nA.run -> B.s\nB.s -> A.s",
    ),
    case(
        "super calls the constructor above",
        "class A { constructor(f) { f() } } class B extends A { constructor() { super(g) } } function g() {} new B();",
        "app -> B.constructor\nB.constructor -> A.constructor\nA.constructor -> g",
    ),
    case(
        "static and other members of one name are apart",
        "class A { m() {} static m() { this.n() } static n() {} n() {} } A.m(); new A().m();",
        "app -> A.m\nA.m -> A.n",
    ),
    case(
        "a static member is none of an object", "class A { static m() {} } new A().m(); A.m;", "app -> /never"
    ),
    case(
        "private members",
        "class A { #p() {} run() { this.#p() } } new A().run();",
        "app -> A.run\nA.run -> A.#p",
    ),
    case(
        "static blocks and static fields run for the class",
        "class A { static f = make(); static { this.g() } static g() {} } function make() {}",
        "A -> make, A.g",
    ),
    case(
        "accessors of a class",
        "class A { get x() { return f } set y(v) { v() } } function f() {} const a = new A(); a.x(); a.y = f;",
        "app -> A.x, f, A.y\nA.y -> f",
    ),
    case(
        "a method of a base made by a call",
        "const M = (B) => class extends B { m() {} }; class A {} class C extends M(A) {} new C().m();",
        "app -> M, M.<lambda1>.m",
    ),
    case(
        "a class expression is known inside by its own name",
        "const A = class B { m() { new B().n() } n() {} }; new A().m();",
        "app -> B.m\nB.m -> B.n",
    ),
    case(
        "a field of an object keeps a function",
        "class A { constructor(f) { this.f = f } run() { this.f() } } function g() {} new A(g).run();",
        "app -> A.constructor, A.run\nA.run -> g",
    ),
    case(
        "same names of unrelated classes stay apart",
        "class A { m() {} } class B { m() {} } new A().m();",
        "app -> A.m",
    ),
    case(
        "the class of an object",
        "class A { static n() {} m() { this.constructor.n() } } new A().m();",
        "app -> A.m\nA.m -> A.n",
    ),
]

PROTOTYPES = [
    case(
        "inheritance by a function of that name",
        "const u = require('util'); function A() {} A.prototype.m = function () {}; function B() {} u.inherits(B, A); new B().m();",
        "app -> /util.inherits, A.m, B",
    ),
    case(
        "a getter that is defined runs when it is read",
        "const o = {}; Object.defineProperty(o, 'x', { get() { return f } }); function f() {} o.x();",
        "app -> <builtin>.Object.defineProperty, get, f",
    ),
    case(
        "a function makes objects with its prototype's members",
        "function F(g) { this.g = g } F.prototype.m = function () { this.g() }; function h() {} new F(h).m();",
        "app -> F, F.m\nF.m -> h",
    ),
    case(
        "a prototype that is an object",
        "function F() {} F.prototype = { a() { this.b() }, b() {} }; new F().a();",
        "app -> F, F.a\nF.a -> F.b",
    ),
    case(
        "assign to a prototype",
        "function F() {} Object.assign(F.prototype, { a() {} }); new F().a();",
        "app -> <builtin>.Object.assign, F, a",
    ),
    case(
        "inheritance by create and call",
        """
        function A() {} A.prototype.m = function () { this.n() }; A.prototype.n = function () {};
        function B() { A.call(this) } B.prototype = Object.create(A.prototype);
        B.prototype.n = function () {}; new B().m();
        """,
        "app -> B, <builtin>.Object.create, A.m\nB -> <builtin>.Function.call, A\nA.m -> B.n",
    ),
    case(
        "a class may extend a function",
        "function A() {} A.prototype.m = function () {}; class B extends A {} new B().m();",
        "app -> A, A.m",
    ),
    case(
        "a function's own member is none of its objects",
        "function F() {} F.s = function () {}; F.s(); const x = new F(); x.s();",
        "app -> F, F.s",
    ),
    case(
        "a method of a prototype that nobody calls knows its objects",
        "function F() {} F.prototype.a = function () { this.b() }; F.prototype.b = function () {};",
        "F.a -> F.b",
    ),
    case(
        "an object made from another has its members",
        "const p = { m() { this.n() }, n() {} }; const o = Object.create(p); o.m();",
        "app -> <builtin>.Object.create, p.m\np.m -> p.n",
    ),
]

BUILT_IN = [
    case(
        "test runners run what they get",
        "describe('x', () => { it('y', () => f()) }); function f() {}",
        "app -> <builtin>.describe, <lambda1>\n<lambda1> -> <builtin>.it, <lambda1>.<lambda1>\n<lambda1>.<lambda1> -> f",
    ),
    case(
        "what a function is bound to is its receiver, whoever calls it",
        "class A { m() {} s(el) { el.on = h.bind(this) } } function h() { this.m() } new A().s(y);",
        "app -> A.s\nA.s -> <builtin>.Function.bind\nh -> A.m",
    ),
    case(
        "lists run what they get with their elements",
        "function a() {} [a].forEach(f => f()); [a].map(g => g);",
        "app -> <builtin>.Array.forEach, <builtin>.Array.map, <lambda1>, <lambda2>\n<lambda1> -> a",
    ),
    case(
        "what map gives is a list of results",
        "function a() {} [1].map(() => a).forEach(f => f());",
        "app -> <builtin>.Array.map, <lambda1>, <builtin>.Array.forEach, <lambda2>\n<lambda2> -> a",
    ),
    case(
        "reduce passes its results on",
        "function a() {} [1].reduce((f, x) => { f(); return f }, a);",
        "app -> <builtin>.Array.reduce, <lambda1>\n<lambda1> -> a",
    ),
    case(
        "push puts in and loops take out",
        "function a() {} const l = []; l.push(a); for (const f of l) f();",
        "app -> <builtin>.Array.push, a",
    ),
    case(
        "a map gives what was set under the key",
        "function a() {} function b() {} const m = new Map(); m.set('a', a); m.set('b', b); m.get('a')();",
        "app -> <builtin>.Map.set, <builtin>.Map.get, a",
    ),
    case(
        "a map yields pairs",
        "function a() {} const m = new Map([['k', a]]); for (const [k, f] of m) f();",
        "app -> a",
    ),
    case(
        "a set yields its elements",
        "function a() {} const s = new Set([a]); s.forEach(f => f());",
        "app -> <builtin>.Set.forEach, <lambda1>\n<lambda1> -> a",
    ),
    case("timers run functions", "function a() {} setTimeout(a, 10);", "app -> <builtin>.setTimeout, a"),
    case(
        "an unknown value with a list's member is taken for a list",
        "function f(x) { x.map(y => g(y)) } function g() {}",
        "f -> <builtin>.Array.map, f.<lambda1>\nf.<lambda1> -> g",
    ),
    case(
        "texts have members of their own",
        "'a b'.trim().split(' ');",
        "app -> <builtin>.String.trim, <builtin>.String.split",
    ),
    case(
        "a name that is always there can be hidden",
        "function parseInt() {} parseInt('1'); parseFloat('1');",
        "app -> parseInt, <builtin>.parseFloat",
    ),
    case(
        "apply and construct by reflection",
        "function a() {} class B { constructor() {} } Reflect.apply(a, null, []); Reflect.construct(B, []);",
        "app -> <builtin>.Reflect.apply, <builtin>.Reflect.construct, a, B.constructor",
    ),
    case(
        "a chain that goes on for ever ends",
        "let n = document; while (n) { n = n.parent } n.remove.x.y;",
        "app -> /never",
    ),
]

ASYNCHRONOUS = [
    case(
        "then gets what the promise holds",
        "async function a() { return b } function b() {} a().then(f => f());",
        "app -> a, <builtin>.Promise.then, <lambda1>\n<lambda1> -> b",
    ),
    case(
        "await takes it out",
        "async function a() { return b } function b() {} async function c() { (await a())() } c();",
        "app -> c\nc -> a, b",
    ),
    case(
        "resolve settles the promise",
        "function b() {} new Promise((ok) => ok(b)).then(f => f());",
        "app -> <lambda1>, <builtin>.Promise.then, <lambda2>\n<lambda1> -> <builtin>.resolve\n<lambda2> -> b",
    ),
    case(
        "chains pass results on",
        "function b() {} Promise.resolve(1).then(() => b).catch(() => {}).then(f => f());",
        """
         app -> <builtin>.Promise.resolve, <builtin>.Promise.then, <builtin>.Promise.catch, <lambda1>, <lambda2>, <lambda3>
         <lambda3> -> b
         """,
    ),
    case(
        "all keeps places",
        "async function a() { return f } async function b() { return g } function f() {} function g() {}"
        " async function c() { const [x, y] = await Promise.all([a(), b()]); y() } c();",
        "app -> c\nc -> a, b, <builtin>.Promise.all, g",
    ),
    case(
        "a generator yields",
        "function a() {} function* g() { yield a } for (const f of g()) f();",
        "app -> g, a",
    ),
    case(
        "a generator yields from another",
        "function a() {} function* g() { yield a } function* h() { yield* g() } for (const f of h()) f();",
        "app -> h, a\nh -> g",
    ),
    case(
        "next gives a step with a value",
        "function a() {} function* g() { yield a } g().next().value();",
        "app -> g, <builtin>.Generator.next, a",
    ),
    case(
        "an object of a class that iterates",
        "function a() {} class L { [Symbol.iterator]() { return new I() } } class I { next() { return { value: a } } } for (const f of new L()) f();",
        "app -> L.@@iterator, I.next, a",
    ),
]

TYPES = [
    case(
        "a list that begins empty holds what its type says, until more is known",
        "class S { m() {} } class T extends S { m() {} } const l: S[] = []; l[0].m(); const k: S[] = []; k.push(new T()); k[0].m();",
        "app -> S.m, T.m, <builtin>.Array.push",
    ),
    case(
        "a map made of a type",
        "class S { m() {} } const l = new Map<string, S>(); l.get('x').m();",
        "app -> <builtin>.Map.get, S.m",
    ),
    case("namespaces inside namespaces", "namespace A.B { export function f() {} } A.B.f();", "app -> A.B.f"),
    case(
        "decorators of fields and parameters run for the class",
        "function d(x) { return () => {} } class A { @d(1) f: string; constructor(@d(2) s) {} }",
        "A -> d, d.<lambda1>",
    ),
    case(
        "a declared type speaks where no caller is known",
        "class S { save() {} } class X { constructor(private s: S) {} run() { this.s.save() } }",
        "X.run -> S.save",
    ),
    case(
        "what is passed speaks before the declared type",
        "class S { m() {} } class T extends S { m() {} } function f(s: S) { s.m() } f(new T());",
        "app -> f\nf -> T.m",
    ),
    case(
        "an interface leads to what implements it",
        "interface S { m(): void } class A implements S { m() {} } class B implements S { m() {} } class C { m() {} } function f(s: S) { s.m() }",
        "f -> A.m, B.m",
    ),
    case(
        "an interface that nothing implements",
        "interface S { m(): void } function f(s: S) { s.m() }",
        "f -> S.m",
    ),
    case(
        "an abstract method leads to the overrides",
        "abstract class A { abstract m(): void; run() { this.m() } } class B extends A { m() {} } new B().run();",
        "app -> A.run\nA.run -> B.m",
    ),
    case(
        "a field with a declared type",
        "class S { m() {} } class X { s: S; run() { this.s.m() } }",
        "X.run -> S.m",
    ),
    case("a declared result", "class S { m() {} } declare function get(): S; get().m();", "app -> get, S.m"),
    case(
        "lists and promises of a type",
        "class S { m() {} } function f(l: S[], p: Promise<S>) { l[0].m(); p.then(s => s.m()) }",
        "f -> S.m, <builtin>.Promise.then, f.<lambda1>\nf.<lambda1> -> S.m",
    ),
    case(
        "a type parameter stands for what it extends",
        "class S { m() {} } function f<T extends S>(t: T) { t.m() }",
        "f -> S.m",
    ),
    case(
        "casts and checks tell the type",
        "class S { m() {} } class R { n() {} } function f(x) { (x as S).m(); if (x instanceof R) { x.n() } }",
        "f -> S.m, R.n",
    ),
    case(
        "a namespace holds functions",
        "namespace N { export function f() { g() } function g() {} } function g() {} N.f();",
        "app -> N.f\nN.f -> N.g",
    ),
    case(
        "an enumeration holds texts",
        "enum E { A = 'a', B = 'b' } const o = { a() {}, b() {} }; o[E.A]();",
        "app -> o.a",
    ),
    case(
        "overloads lead to the body", "function f(a: string): void; function f(a: any) {} f(1);", "app -> f"
    ),
    case(
        "a decorator of a class is called with it",
        "function d(c) { return c } @d class A { m() {} } new A().m();",
        "app -> d, A.m",
    ),
    case(
        "a decorator may replace a method",
        "function d(m) { return function w() { m.call(this) } } class A { @d m() {} } new A().m();",
        "app -> d.w\nA -> d\nd.w -> <builtin>.Function.call, A.m",
    ),
    case("an alias of types", "class S { m() {} } type T = S; function f(t: T) { t.m() }", "f -> S.m"),
]


def _expected(written: str) -> set[tuple[str, str]]:
    return {edge for edge in edges(written) if edge[1] != "never"}


@pytest.mark.parametrize(
    ("source", "expected"), [*FUNCTIONS, *OBJECTS, *CLASSES, *PROTOTYPES, *BUILT_IN, *ASYNCHRONOUS]
)
def test_javascript_calls_are_followed_to_what_they_run(calls: Calls, source: str, expected: str) -> None:
    assert calls({"app.js": dedent(source)}) == _expected(expected)


@pytest.mark.parametrize(("source", "expected"), TYPES)
def test_typescript_types_lead_to_members(calls: Calls, source: str, expected: str) -> None:
    assert calls({"app.ts": dedent(source)}) == _expected(expected)


MODULES = [
    pytest.param(
        {
            "app.jsx": "import { B } from './b'; const A = () => <B go={f}>{g}</B>; function f() {} function g() {} <A/>;",
            "b.jsx": "export const B = ({ go, children }) => { go(); return children(); };",
        },
        {("app", "app.A"), ("app.A", "b.B"), ("b.B", "app.f"), ("b.B", "app.g")},
        id="a component gets its attributes and what is inside it",
    ),
    pytest.param(
        {
            "app.js": "import d, { a as b, default as e } from './m.js'; import * as n from './m'; d(); b(); e(); n.a();",
            "m.js": "export function a() {} export default function d() {}",
        },
        {("app", "m.d"), ("app", "m.a")},
        id="default, named and namespace imports",
    ),
    pytest.param(
        {
            "app.js": "import { x, y, f, ns } from './index'; x(); y(); f(); ns.b();",
            "index.js": "export * from './a'; export { b as y } from './b'; import { f } from './b'; export { f };"
            " export * as ns from './b';",
            "a.js": "export const x = () => {};",
            "b.js": "export function b() {} export function f() {}",
        },
        {("app", "a.x"), ("app", "b.b"), ("app", "b.f")},
        id="names are passed on by star, by another name and by import",
    ),
    pytest.param(
        {
            "app.js": "import { f } from './a'; f();",
            "a.js": "export * from './b'; export function f() {}",
            "b.js": "export * from './a'; export function f() {}",
        },
        {("app", "a.f")},
        id="a file's own export comes before a star, and a ring of stars ends",
    ),
    pytest.param(
        {
            "app.js": "const m = require('./m'); const { b } = require('./m'); m.a(); b(); require('./w')(); require('./c').c();",
            "m.js": "exports.a = function () {}; module.exports.b = () => {};",
            "w.js": "module.exports = function whole() {};",
            "c.js": "function c() {} module.exports = { c };",
        },
        {("app", "m.a"), ("app", "m.b"), ("app", "w.whole"), ("app", "c.c")},
        id="what CommonJS offers by name and as a whole",
    ),
    pytest.param(
        {
            "app.mjs": "import w, { a } from './m.js'; w.a(); a();",
            "m.js": "exports.a = function () {};",
        },
        {("app", "m.a")},
        id="an import takes what CommonJS offers",
    ),
    pytest.param(
        {
            "app.js": "async function f() { const { a } = await import('./m.js'); a(); } import('./m.js').then(m => m.a()); f();",
            "m.js": "export function a() {}",
        },
        {
            ("app", "app.f"),
            ("app.f", "m.a"),
            ("app", "<builtin>.Promise.then"),
            ("app", "app.<lambda1>"),
            ("app.<lambda1>", "m.a"),
        },
        id="an import made while running gives a promise",
    ),
    pytest.param(
        {
            "app.ts": "import m = require('./m'); import { T } from './t'; m(); function f(t: T) { t.g() }",
            "m.ts": "function whole() {} export = whole;",
            "t.ts": "export interface T { g(): void } export class I implements T { g() {} } class J { g() {} }",
        },
        {("app", "m.whole"), ("app.f", "t.I.g")},
        id="TypeScript's own ways to import and export",
    ),
    pytest.param(
        {
            "app.js": "import fs, { readFile } from 'node:fs'; import { x } from './gone'; fs.statSync(); readFile(); x();",
        },
        {("app", "fs.statSync"), ("app", "fs.readFile")},
        id="what lies outside is called by its package, and what is gone is not called",
    ),
    pytest.param(
        {
            "web/src/app.ts": "import { a } from '@lib/a'; import { b } from 'lib/b'; import { c } from 'c'; a(); b(); c();",
            "web/src/lib/a.ts": "export function a() {}",
            "web/src/lib/b.ts": "export function b() {}",
            "web/tsconfig.json": '{ // comment\n "extends": "./base.json", "compilerOptions": {"paths": {"@lib/*": ["./src/lib/*"],}} }',
            "web/base.json": '{"compilerOptions": {"baseUrl": "./src"}}',
        },
        {("web.src.app", "web.src.lib.a.a"), ("web.src.app", "web.src.lib.b.b"), ("web.src.app", "c.c")},
        id="path aliases and a base folder",
    ),
    pytest.param(
        {
            "one/app.js": "import { a } from '@x/two'; import { b } from '@x/two/more'; import { e } from 'three'; a(); b(); e();",
            "two/package.json": '{"name": "@x/two", "exports": {".": {"import": "./dist/main.js"}, "./more": "./lib/more.js"}}',
            "two/src/main.ts": "export function a() {}",
            "two/lib/more.js": "export function b() {}",
            "three/package.json": '{"name": "three", "main": "lib/index.js"}',
            "three/src/index.js": "export function e() {}",
            "four/package.json": "not json",
        },
        {("one.app", "two.src.main.a"), ("one.app", "two.lib.more.b"), ("one.app", "three.src.index.e")},
        id="packages of the same repository, built ones by their source",
    ),
    pytest.param(
        {
            "app.jsx": "import { B } from './b'; const A = () => <B go={f}><C/></B>; function f() {} function C() {} <A/>;",
            "b.jsx": "import React from 'react'; export class B extends React.Component { render() { return this.props.go } }",
        },
        {
            ("app", "app.A"),
            ("app.A", "b.B.render"),
            ("app.A", "app.C"),
        },
        id="components of JSX are called",
    ),
    pytest.param(
        {
            "app.jsx": "import React, { useEffect, useCallback, memo } from 'react';"
            " const A = memo(() => { useEffect(() => { g() }); const f = useCallback(() => g(), []); f(); });"
            " function g() {} function useMemo(x) {} useMemo(g); <A/>;",
        },
        {
            ("app", "react.memo"),
            ("app", "app.<lambda1>"),
            ("app.<lambda1>", "react.useEffect"),
            ("app.<lambda1>", "app.<lambda1>.<lambda1>"),
            ("app.<lambda1>", "react.useCallback"),
            ("app.<lambda1>", "app.<lambda1>.<lambda2>"),
            ("app.<lambda1>.<lambda1>", "app.g"),
            ("app.<lambda1>.<lambda2>", "app.g"),
            ("app", "app.useMemo"),
        },
        id="React's hooks run or keep functions, but not a function that is only called like one",
    ),
]


@pytest.mark.parametrize(("files", "expected"), MODULES)
def test_names_are_followed_through_files(
    calls: Calls, files: Mapping[str, str], expected: set[tuple[str, str]]
) -> None:
    assert calls(files) == expected


@pytest.mark.parametrize(
    "source",
    [
        "f(" * 5000 + ")" * 5000,
        "[" * 5000 + "]" * 5000,
        "if (x) {" * 3000 + "}" * 3000,
        "(() => " * 2000 + "1" + ")" * 2000,
        "a" + ".b()" * 5000,
        "class A { m( { ] } function f() { g() }",
    ],
    ids=["calls", "lists", "blocks", "functions", "chain", "broken"],
)
def test_source_that_is_nested_deeply_or_broken_is_said_to_be_partial(
    program_of: Programs, source: str
) -> None:
    program = program_of({"app.js": f"function g() {{}} g(); {source}"})
    module = program.module("app.js")
    graph = call_graph(program, ["app.js"])
    assert module is not None
    assert graph.complete
    assert any(scope.partial for scope in _scopes(module.scope))


def test_of_a_large_literal_what_calls_is_kept(calls: Calls, program_of: Programs) -> None:
    source = "function f() {} const x = [" + "1, " * 3000 + "f()];"
    program = program_of({"app.js": source})
    module = program.module("app.js")
    assert calls({"app.js": source}) == {("app", "app.f")}
    assert module is not None
    assert "3001 elements, limit 1000" in (module.scope.lowered().partial or "")


def test_what_a_name_means_is_noted_at_its_byte(program_of: Programs) -> None:
    source = "import { a } from './a'; const o = { m() {} }; o.m(a);"
    module = program_of({"app.js": source}).module("app.js")
    assert module is not None
    module.scope.lowered()
    assert {source[start:].split("(", maxsplit=1)[0].split(" ", maxsplit=1)[0] for start in module.uses} >= {
        "a",
        "m",
        "o.m",
    }


def test_objects_beyond_a_number_at_one_place_are_left_out_and_counted(program_of: Programs) -> None:
    source = "let x; " + "".join(f"if (y) x = {{ a{at}: 1 }};" for at in range(MAX_OBJECTS + 5)) + "x.z();"
    graph = call_graph(program_of({"app.js": source}), ["app.js"])
    assert graph.crowded > 0


def _scopes(scope: ir.Scope) -> Iterator[ir.Scope]:
    yield scope.lowered()
    for child in scope.children:
        yield from _scopes(child)

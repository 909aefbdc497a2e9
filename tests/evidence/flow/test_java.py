"""Small Java programs with the exact calls they make; the class `Main` stands in `Main.java`."""

from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


def plain(edges: set[tuple[str, str]]) -> set[str]:
    """`caller > callee`, without the name of the one file."""
    return {f"{caller.removeprefix('Main.')} > {callee.removeprefix('Main.')}" for caller, callee in edges}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            """
            class Main { static void a() { b(); } static void b() {} }
            """,
            {"Main.a > Main.b"},
            id="a static method is called by its bare name",
        ),
        pytest.param(
            """
            class Main { void a() { this.b(); } void b() {} }
            """,
            {"Main.a > Main.b"},
            id="a method is called through this",
        ),
        pytest.param(
            """
            class Main { void a() { Tool.run(); } }
            class Tool { static void run() {} static void other() {} }
            """,
            {"Main.a > Tool.run"},
            id="a method of another class is called through its name",
        ),
        pytest.param(
            """
            class Main { void a() { new One().go(); } }
            class One { void go() {} }
            class Two { void go() {} }
            """,
            {"Main.a > One.go"},
            id="an unrelated method of the same name stays quiet",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B { void go() {} }
            class Main { A it = new A(); void m() { B it = new B(); it.go(); } }
            """,
            {"Main.m > B.go"},
            id="a local variable hides a field of the same name",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B { void go() {} }
            class Main { A it = new A(); void m(B it) { this.it.go(); } }
            """,
            {"Main.m > A.go"},
            id="a parameter hides a field and the field is reached by this",
        ),
        pytest.param(
            """
            class Main { void go() {} void m() { int go = 1; go(); } }
            """,
            {"Main.m > Main.go"},
            id="a local variable is no method of its name",
        ),
        pytest.param(
            """
            interface R { void go(); }
            class A implements R { public void go() {} }
            class B implements R { public void go() {} }
            class Main { void m() { R r = new A(); r = new B(); r.go(); } }
            """,
            {"Main.m > B.go"},
            id="straight code means the last assignment",
        ),
        pytest.param(
            """
            interface R { void go(); }
            class A implements R { public void go() {} }
            class B implements R { public void go() {} }
            class Main { void m(boolean b) { R r = new A(); if (b) { r = new B(); } r.go(); } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="where ways meet either assignment counts",
        ),
        pytest.param(
            """
            interface R { void go(); }
            class A implements R { public void go() {} }
            class B implements R { public void go() {} }
            class C implements R { public void go() {} }
            class Main { void m(boolean b) { R r = new C(); if (b) { r = new B(); } else { r = new A();
                } r.go(); } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="both ways of a condition replace what was before",
        ),
        pytest.param(
            """
            interface R { void go(); }
            class A implements R { public void go() {} }
            class B implements R { public void go() {} }
            class Main { void m(int n) { R r = new A(); while (n > 0) { r.go(); r = new B(); } } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="a loop sees every assignment",
        ),
        pytest.param(
            """
            interface R { void go(); }
            class A implements R { public void go() {} }
            class B implements R { public void go() {} }
            class Main { void m(boolean b) { R r = b ? new A() : new B(); r.go(); } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="a conditional expression gives either value",
        ),
        pytest.param(
            """
            class Store { void save() {} }
            class Main { private final Store store; Main(Store store) { this.store = store; }
                void run() { store.save(); } }
            """,
            {"Main.run > Store.save"},
            id="a declared type speaks where no caller is known",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A { void go() {} }
            class C { void go() {} }
            class Main { void m(A a) { a.go(); } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="a declared type gives the member and the overrides in classes below",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A { void go() {} }
            class Main { static void m(A a) { a.go(); } static void n() { m(new B()); } }
            """,
            {"Main.m > B.go", "Main.n > Main.m"},
            id="a known object is of its own class alone",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A {}
            class Main { void m() { new B().go(); } }
            """,
            {"Main.m > A.go"},
            id="an inherited method is found above",
        ),
        pytest.param(
            """
            abstract class A { void go() { step(); } abstract void step(); }
            class B extends A { void step() {} }
            class C extends A { void step() {} }
            class Main { void m() { new B().go(); } }
            """,
            {"A.go > B.step", "Main.m > A.go"},
            id="a template method reaches the step below",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A { void go() { super.go(); } }
            """,
            {"B.go > A.go"},
            id="super reaches the method above",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A {}
            class C extends B { void go() { super.go(); } }
            """,
            {"C.go > A.go"},
            id="super passes over a class that does not override",
        ),
        pytest.param(
            """
            class A { private void pri() {} void go() { pri(); } }
            class B extends A { void pri() {} }
            class Main { void m() { new B().go(); } }
            """,
            {"A.go > A.pri", "Main.m > A.go"},
            id="a private method is not replaced from below",
        ),
        pytest.param(
            """
            class A { A() { init(); } void init() {} }
            class Main { void m() { new A(); } }
            """,
            {"A.A > A.init", "Main.m > A.A"},
            id="a constructor is called by new",
        ),
        pytest.param(
            """
            class A {}
            class Main { void m() { new A(); } }
            """,
            set(),
            id="a class without a written constructor adds no edge",
        ),
        pytest.param(
            """
            class A { A(int x) {} }
            class B extends A { B() { this(1); } B(int x) { super(x); } }
            class Main { void m() { new B(); } }
            """,
            {"B.B > A.A", "B.B > B.B", "Main.m > B.B"},
            id="this and super call constructors",
        ),
        pytest.param(
            """
            class A { A() {} A(int x) {} }
            class B extends A { B(int x) { } }
            class Main { void m() { new B(1); } }
            """,
            {"B.B > A.A", "Main.m > B.B"},
            id="the constructor above runs without being named",
        ),
        pytest.param(
            """
            class Main { static int a = one(); int b = two(); static { three(); } { four(); }
                static int one() { return 1; } int two() { return 2; } static void three() {} void four() {} }
            """,
            {"Main > Main.four", "Main > Main.one", "Main > Main.three", "Main > Main.two"},
            id="initialisers belong to the class",
        ),
        pytest.param(
            """
            interface I { default void d() { e(); } void e(); static void s() {} }
            class A implements I { public void e() { I.s(); } }
            class Main { void m() { new A().d(); } }
            """,
            {"A.e > I.s", "I.d > A.e", "Main.m > I.d"},
            id="an interface has default and static methods",
        ),
        pytest.param(
            """
            interface I { default void d() {} }
            class A implements I { public void d() {} }
            class Main { void m() { I i = new A(); i.d(); } }
            """,
            {"Main.m > A.d"},
            id="a default method that is overridden stays quiet",
        ),
        pytest.param(
            """
            interface I { default void d() {} }
            class A implements I { public void d() { I.super.d(); } }
            """,
            {"A.d > I.d"},
            id="an interface above is named with super",
        ),
        pytest.param(
            """
            class Outer { void hit() {} class In { void go() { hit(); Outer.this.hit(); } } void m() {
                new In().go(); } }
            """,
            {"Outer.In.go > Outer.hit", "Outer.m > Outer.In.go"},
            id="an inner class calls the class around it",
        ),
        pytest.param(
            """
            class Outer { void hit() {} class In { void hit() {} void go() { hit(); } } }
            """,
            {"Outer.In.go > Outer.In.hit"},
            id="an inner class prefers its own method",
        ),
        pytest.param(
            """
            class Base { void hit() {} }
            class Outer { void hit() {} class In extends Base { void go() { hit(); } } }
            """,
            {"Outer.In.go > Base.hit"},
            id="an inherited method comes before one around",
        ),
        pytest.param(
            """
            class Outer { static class Nest { void go() {} static void st() {} } }
            class Main { void m() { new Outer.Nest().go(); Outer.Nest.st(); } }
            """,
            {"Main.m > Outer.Nest.go", "Main.m > Outer.Nest.st"},
            id="a static nested class is named through its outer class",
        ),
        pytest.param(
            """
            abstract class A { abstract void go(); void run() { go(); } }
            class Main { void hit() {} void m() { A a = new A() { void go() { hit(); } }; a.run(); } }
            """,
            {"A.run > Main.m.<anonymous1>.go", "Main.m > A.run", "Main.m.<anonymous1>.go > Main.hit"},
            id="an anonymous class overrides",
        ),
        pytest.param(
            """
            class Main { void m() { class Loc { void go() { end(); } } new Loc().go(); } void end() {} }
            """,
            {"Main.m > Main.m.Loc.go", "Main.m.Loc.go > Main.end"},
            id="a local class is a class",
        ),
        pytest.param(
            """
            class Main { static void run(Runnable r) { r.run(); } static void a() { run(() -> b()); }
                static void b() {} }
            """,
            {"Main.a > Main.run", "Main.a.<lambda1> > Main.b", "Main.run > Main.a.<lambda1>"},
            id="a lambda runs when its interface is called",
        ),
        pytest.param(
            """
            class Main { static void a() { Runnable r = () -> b(); } static void b() {} }
            """,
            {"Main.a.<lambda1> > Main.b"},
            id="a lambda that nobody calls only exists",
        ),
        pytest.param(
            """
            interface Op { int of(int x); }
            class Main { static int use(Op op) { return op.of(1); } static int inc(int x) {
                return x + 1; } void m() { use(x -> inc(x)); } }
            """,
            {"Main.m > Main.use", "Main.m.<lambda1> > Main.inc", "Main.use > Main.m.<lambda1>"},
            id="an own functional interface runs the lambda",
        ),
        pytest.param(
            """
            interface Op { int of(int x); default int twice(int x) { return of(of(x)); } }
            class Main { void m() { Op op = x -> x; op.twice(1); } }
            """,
            {"Main.m > Op.twice", "Op.twice > Main.m.<lambda1>"},
            id="a default method of a functional interface is not the lambda",
        ),
        pytest.param(
            """
            import java.util.function.Function;
            class Main { static int inc(int x) { return x; } void m() {
                Function<Integer, Integer> f = Main::inc; f.apply(1); } }
            """,
            {"Main.m > Main.inc"},
            id="a method reference to a static method",
        ),
        pytest.param(
            """
            class Main { void hit() {} void m() { Runnable r = this::hit; r.run(); } }
            """,
            {"Main.m > Main.hit"},
            id="a method reference bound to an object",
        ),
        pytest.param(
            """
            import java.util.function.Consumer;
            class A { void go() {} }
            class B extends A { void go() {} }
            class Main { void m() { Consumer<A> c = A::go; c.accept(new B()); } }
            """,
            {"Main.m > B.go"},
            id="a method reference on its first argument dispatches",
        ),
        pytest.param(
            """
            import java.util.function.Supplier;
            class A { A() {} void go() {} }
            class Main { void m() { Supplier<A> s = A::new; s.get().go(); } }
            """,
            {"Main.m > A.A", "Main.m > A.go"},
            id="a constructor reference makes an object",
        ),
        pytest.param(
            """
            import java.util.function.Supplier;
            class A { void go() {} }
            class Main { Supplier<A> mk() { return () -> new A(); } void m() { mk().get().go(); } }
            """,
            {"Main.m > A.go", "Main.m > Main.mk", "Main.m > Main.mk.<lambda1>"},
            id="a lambda is returned and called",
        ),
        pytest.param(
            """
            class Main { Runnable r; void set() { r = () -> end(); } void fire() { r.run(); } void end() {} }
            """,
            {"Main.fire > Main.set.<lambda1>", "Main.set.<lambda1> > Main.end"},
            id="a lambda is kept in a field",
        ),
        pytest.param(
            """
            import java.util.function.Function;
            class Main { static int a(int x) { return x; } static int b(int x) { return x; } void m() {
                Function<Integer, Integer> f = Main::a; f.andThen(Main::b).apply(1); } }
            """,
            {"Main.m > <builtin>.Function.andThen", "Main.m > Main.a", "Main.m > Main.b"},
            id="functions that are combined both run",
        ),
        pytest.param(
            """
            import java.util.*;
            class A { void go() {} }
            class B { void go() {} }
            class Main { void m() { List<Object> l = new ArrayList<>(); l.add(new A());
                for (Object o : l) { ((A) o).go(); } } }
            """,
            {"Main.m > <builtin>.List.add", "Main.m > A.go", "Main.m > java.util.ArrayList"},
            id="elements of a list are followed",
        ),
        pytest.param(
            """
            import java.util.*;
            class A { void go() {} }
            class Main { void m(List<A> l, Map<String, A> q) { l.get(0).go(); q.get("k").go(); } }
            """,
            {"Main.m > <builtin>.List.get", "Main.m > <builtin>.Map.get", "Main.m > A.go"},
            id="type arguments tell the elements",
        ),
        pytest.param(
            """
            import java.util.List;
            class A { void go() {} }
            class Main { void m(List<A> l) { l.forEach(a -> a.go()); } }
            """,
            {"Main.m > <builtin>.List.forEach", "Main.m > Main.m.<lambda1>", "Main.m.<lambda1> > A.go"},
            id="forEach runs a lambda on the elements",
        ),
        pytest.param(
            """
            import java.util.List;
            class A { B b() { return new B(); } boolean ok() { return true; } }
            class B { void go() {} }
            class Main { void m(List<A> l) { l.stream().filter(A::ok).map(A::b).forEach(B::go); } }
            """,
            {
                "Main.m > <builtin>.List.stream",
                "Main.m > <builtin>.Stream.filter",
                "Main.m > <builtin>.Stream.forEach",
                "Main.m > <builtin>.Stream.map",
                "Main.m > A.b",
                "Main.m > A.ok",
                "Main.m > B.go",
            },
            id="a stream carries its elements through map and filter",
        ),
        pytest.param(
            """
            import java.util.Optional;
            class A { void go() {} }
            class Main { A other() { return null; } void m(Optional<A> o) { o.ifPresent(A::go);
                o.orElseGet(() -> other()).go(); } }
            """,
            {
                "Main.m > <builtin>.Optional.ifPresent",
                "Main.m > <builtin>.Optional.orElseGet",
                "Main.m > A.go",
                "Main.m > Main.m.<lambda1>",
                "Main.m.<lambda1> > Main.other",
            },
            id="an optional runs what it gets",
        ),
        pytest.param(
            """
            import java.util.*;
            class A { int n() { return 1; } }
            class Main { void m(List<A> l) { Collections.sort(l, (a, b) -> a.n() - b.n());
                l.sort(Comparator.comparing(A::n)); } }
            """,
            {
                "Main.m > <builtin>.List.sort",
                "Main.m > A.n",
                "Main.m > Main.m.<lambda1>",
                "Main.m > java.util.Collections.sort",
                "Main.m > java.util.Comparator.comparing",
                "Main.m.<lambda1> > A.n",
            },
            id="a comparator runs when a list is sorted",
        ),
        pytest.param(
            """
            import java.util.*;
            class Main { void a() {} void b() {} void m() { Map<String, Runnable> t = new HashMap<>();
                t.put("a", this::a); t.put("b", () -> b()); t.get("a").run(); } }
            """,
            {
                "Main.m > <builtin>.Map.get",
                "Main.m > <builtin>.Map.put",
                "Main.m > Main.a",
                "Main.m > java.util.HashMap",
                "Main.m.<lambda1> > Main.b",
            },
            id="a map keeps values by literal keys",
        ),
        pytest.param(
            """
            import java.util.*;
            class K { void k() {} }
            class V { void v() {} }
            class Main { void m(Map<K, V> t) { for (Map.Entry<K, V> e : t.entrySet()) { e.getKey().k();
                e.getValue().v(); } } }
            """,
            {
                "Main.m > <builtin>.Map.entrySet",
                "Main.m > <builtin>.Map.getKey",
                "Main.m > <builtin>.Map.getValue",
                "Main.m > K.k",
                "Main.m > V.v",
            },
            id="entries give keys and values",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Main { void m() { Runnable[] r = { this::a, this::b }; r[1].run(); A[] s = new A[1];
                s[0] = new A(); s[0].go(); } void a() {} void b() {} }
            """,
            {"Main.m > A.go", "Main.m > Main.b"},
            id="arrays hold by index",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Main { static void all(A... as) { for (A a : as) a.go(); } void m() {
                all(new A(), new A()); } }
            """,
            {"Main.all > A.go", "Main.m > Main.all"},
            id="surplus arguments are an array",
        ),
        pytest.param(
            """
            enum Op { PLUS { int of() { return 1; } }, MINUS { int of() { return 2; } }; abstract int of(); }
            class Main { void m(Op op) { Op.PLUS.of(); } void n(Op op) { op.of(); } void all() {
                for (Op o : Op.values()) o.of(); } }
            """,
            {
                "Main.all > Op.MINUS.of",
                "Main.all > Op.PLUS.of",
                "Main.m > Op.PLUS.of",
                "Main.n > Op.MINUS.of",
                "Main.n > Op.PLUS.of",
            },
            id="enum constants with bodies",
        ),
        pytest.param(
            """
            enum Color { RED(1), BLUE(2); Color(int x) { check(); } static void check() {} }
            """,
            {"Color > Color.Color", "Color.Color > Color.check"},
            id="an enum calls its constructor",
        ),
        pytest.param(
            """
            class A { void go() {} }
            record P(A a, int n) { void inside() { a.go(); } }
            class Main { void m() { new P(new A(), 1).a().go(); } }
            """,
            {"Main.m > A.go", "P.inside > A.go"},
            id="a record keeps its components",
        ),
        pytest.param(
            """
            record P(int n) { P { check(n); } static void check(int n) {} }
            class Main { void m() { new P(1); } }
            """,
            {"Main.m > P.P", "P.P > P.check"},
            id="a record checks in a compact constructor",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B { void go() {} }
            class Main { void m(Object o) { if (o instanceof A a) { a.go(); } } }
            """,
            {"Main.m > A.go"},
            id="a pattern binds the type",
        ),
        pytest.param(
            """
            class A { void go() {} }
            record R(A a) {}
            class Main { void m(Object o) { switch (o) { case A a -> a.go(); case R(A in) -> in.go();
                default -> end(); } } void end() {} }
            """,
            {"Main.m > A.go", "Main.m > Main.end"},
            id="a switch over patterns",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B extends A { void go() {} }
            class Main { void m(int i) { A a = switch (i) { case 1 -> new A(); default -> {
                yield new B(); } }; a.go(); } }
            """,
            {"Main.m > A.go", "Main.m > B.go"},
            id="a switch gives a value",
        ),
        pytest.param(
            """
            class R implements AutoCloseable { R() {} public void close() {} void use() {} }
            class Main { void m() { try (R r = new R()) { r.use(); } } }
            """,
            {"Main.m > R.R", "Main.m > R.close", "Main.m > R.use"},
            id="try with resources closes",
        ),
        pytest.param(
            """
            class Bad extends RuntimeException { Bad(String s) { super(s); } void say() {} }
            class Main { void m() { try { throw new Bad("x"); } catch (Bad b) { b.say(); } finally {
                end(); } } void end() {} }
            """,
            {"Main.m > Bad.Bad", "Main.m > Bad.say", "Main.m > Main.end"},
            id="a caught exception has its type",
        ),
        pytest.param(
            """
            import java.util.Iterator;
            class A { void go() {} }
            class It implements Iterator<A> { public boolean hasNext() { return true; }
                public A next() { return new A(); } }
            class Col implements Iterable<A> { public Iterator<A> iterator() { return new It(); } }
            class Main { void m() { for (A a : new Col()) a.go(); } }
            """,
            {"Main.m > A.go", "Main.m > Col.iterator", "Main.m > It.hasNext", "Main.m > It.next"},
            id="iteration runs the iterator",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class B { void go() {} }
            class Main { Object o = new A(); void set() { o = new B(); } void m() { ((A) o).go(); } }
            """,
            {"Main.m > A.go"},
            id="a cast narrows what is known",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Main { A mk() { return null; } void m() { var a = mk(); a.go(); } }
            """,
            {"Main.m > A.go", "Main.m > Main.mk"},
            id="var takes the type of its value",
        ),
        pytest.param(
            """
            class A { B b() { return null; } }
            class B { C c; }
            class C { void go() {} }
            class Main { void m(A a) { a.b().c.go(); } }
            """,
            {"Main.m > A.b", "Main.m > C.go"},
            id="a chain follows declared results",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Box<T> { private T v; void set(T v) { this.v = v; } T get() { return v; } }
            class Main { void m() { Box<A> b = new Box<>(); b.set(new A()); b.get().go(); } }
            """,
            {"Main.m > A.go", "Main.m > Box.get", "Main.m > Box.set"},
            id="a generic class passes on what it was given",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Main { <T extends A> void m(T t) { t.go(); } }
            """,
            {"Main.m > A.go"},
            id="a bound of a type variable is a declared type",
        ),
        pytest.param(
            """
            interface H<T> { void on(T t); }
            class A {}
            class HA implements H<A> { public void on(A a) {} }
            class Main { void m() { H<A> h = new HA(); h.on(new A()); } }
            """,
            {"Main.m > HA.on"},
            id="a generic method is overridden with its argument",
        ),
        pytest.param(
            """
            class Main { void a() { new Thread(() -> b()).start(); } void b() {} }
            """,
            {
                "Main.a > <builtin>.Thread.start",
                "Main.a > Main.a.<lambda1>",
                "Main.a > java.lang.Thread",
                "Main.a.<lambda1> > Main.b",
            },
            id="a thread runs what it got",
        ),
        pytest.param(
            """
            class T extends Thread { public void run() { end(); } void end() {} }
            class Main { void m() { new T().start(); } }
            """,
            {"Main.m > T.run", "Main.m > java.lang.Thread.start", "T.run > T.end"},
            id="a class below Thread runs when it is started",
        ),
        pytest.param(
            """
            import java.util.concurrent.ExecutorService;
            class Job implements Runnable { public void run() {} }
            class Main { void m(ExecutorService e) { e.submit(() -> b()); e.execute(new Job()); }
                void b() {} }
            """,
            {
                "Main.m > Job.run",
                "Main.m > Main.m.<lambda1>",
                "Main.m > java.util.concurrent.ExecutorService.execute",
                "Main.m > java.util.concurrent.ExecutorService.submit",
                "Main.m.<lambda1> > Main.b",
            },
            id="an executor runs what it is passed",
        ),
        pytest.param(
            """
            class A { public void go() {} public static void st() {} }
            class Main { void m() throws Exception {
                Class.forName("A").getMethod("go").invoke(new A()); A.class.getMethod("st").invoke(null); } }
            """,
            {
                "Main.m > <builtin>.Class.getMethod",
                "Main.m > <builtin>.Method.invoke",
                "Main.m > A.go",
                "Main.m > A.st",
                "Main.m > java.lang.Class.forName",
            },
            id="reflection with literals",
        ),
        pytest.param(
            """
            class Main { void m(String s) { s.trim().length(); "a".isEmpty(); } }
            """,
            {
                "Main.m > <builtin>.String.isEmpty",
                "Main.m > <builtin>.String.length",
                "Main.m > <builtin>.String.trim",
            },
            id="strings have members of the language",
        ),
        pytest.param(
            """
            import java.nio.file.Files;
            class Main { void m() { System.out.println(1); Files.list(null); } }
            """,
            {"Main.m > java.lang.System.out.println", "Main.m > java.nio.file.Files.list"},
            id="what lies outside goes by its full name",
        ),
        pytest.param(
            """
            class Main { void m() { synchronized (lock()) { a(); } x: for (;;) { b(); break x; } do {
                a(); } while (c()); } Object lock() { return null; } void a() {} void b() {}
                boolean c() { return false; } }
            """,
            {"Main.m > Main.a", "Main.m > Main.b", "Main.m > Main.c", "Main.m > Main.lock"},
            id="a synchronized block and a labelled loop are looked into",
        ),
        pytest.param(
            """
            class B { B one() { return this; } B two() { return this; } void end() {} }
            class Main { void m() { new B().one().two().end(); } }
            """,
            {"Main.m > B.end", "Main.m > B.one", "Main.m > B.two"},
            id="a builder gives itself",
        ),
        pytest.param(
            """
            class S { private static final S IT = new S(); static S get() { return IT; } void go() {} }
            class Main { void m() { S.get().go(); } }
            """,
            {"Main.m > S.get", "Main.m > S.go"},
            id="a singleton is found through its static field",
        ),
        pytest.param(
            """
            class A { void go() {} }
            class Reg { static A a; }
            class Main { void set() { Reg.a = new A(); } void m() { Reg.a.go(); } }
            """,
            {"Main.m > A.go"},
            id="a static field of another class",
        ),
        pytest.param(
            """
            interface V { void at(N n); }
            class N { void acc(V v) { v.at(this); } void leaf() {} }
            class P implements V { public void at(N n) { n.leaf(); } }
            class Main { void m() { new N().acc(new P()); } }
            """,
            {"Main.m > N.acc", "N.acc > P.at", "P.at > N.leaf"},
            id="an object is passed through two calls",
        ),
        pytest.param(
            """
            import java.util.*;
            interface Def { String scope(); String name(); }
            class Main {
                void m(List<Object> all) { all.add((Runnable) () -> end()); for (Object o : all) { use((Def) o); } }
                void use(Def d) { d.scope(); }
                void end() {}
            }
            """,
            {
                "Main.m > <builtin>.List.add",
                "Main.m > Main.use",
                "Main.m.<lambda1> > Main.end",
                "Main.use > Def.scope",
            },
            id="a lambda is no object of an interface with two methods",
        ),
        pytest.param(
            """
            import java.util.*;
            class Main { void m(List<Runnable> all) { Runnable r = () -> end(); all.contains(r); }
                void end() {} }
            """,
            {"Main.m > <builtin>.List.contains", "Main.m.<lambda1> > Main.end"},
            id="a list that is asked for a function does not run it",
        ),
        pytest.param(
            """
            class Main {
                void m(boolean b) {
                    if (b) {
                        Runnable r = () -> one();
                        class Loc { void go() { two(); } }
                    }
                }
                void one() {}
                void two() {}
            }
            """,
            {"Main.m.<lambda1> > Main.one", "Main.m.Loc.go > Main.two"},
            id="code that nobody calls inside a block is looked into",
        ),
    ],
)
def test_calls_are_followed_to_what_they_run(calls: Calls, source: str, expected: set[str]) -> None:
    assert plain(calls({"Main.java": dedent(source)})) == expected

"""Classes, modules, constants: where a method is looked for."""
# ruff: noqa: E501 - a program is one line

from collections.abc import Callable, Mapping

import pytest

Calls = Callable[[Mapping[str, str]], set[tuple[str, str]]]


def edges(text: str) -> set[tuple[str, str]]:
    """`caller > callee` by line."""
    return {(caller, callee) for line in text.splitlines() for caller, callee in [line.split(" > ")]}


CASES = [
    (
        "new runs initialize",
        "class A\n def initialize(x) = x.go\nend\nclass B\n def go = nil\nend\nA.new(B.new)",
        "app > app.A.initialize\napp.A.initialize > app.B.go",
    ),
    (
        "new runs the initialize above",
        "class A\n def initialize = nil\nend\nclass B < A\nend\nB.new",
        "app > app.A.initialize",
    ),
    (
        "a field holds what initialize put there",
        "class A\n def go = nil\nend\nclass B\n def initialize(a)\n  @a = a\n end\n def run = @a.go\nend\nB.new(A.new).run",
        "app > app.B.initialize\napp > app.B.run\napp.B.run > app.A.go",
    ),
    (
        "a field is made when it is asked for first",
        "class A\n def go = nil\nend\nclass B\n def a = @a ||= A.new\n def run = a.go\nend",
        "app.B.run > app.B.a\napp.B.run > app.A.go",
    ),
    (
        "accessors read and write the field and are no calls",
        "class A\n def go = nil\nend\nclass B\n attr_accessor :a\nend\nb = B.new\nb.a = A.new\nb.a.go",
        "app > app.A.go",
    ),
    (
        "a reader that is written out is a call",
        "class B\n attr_reader :x\n def x = 1\nend\nB.new.x",
        "app > app.B.x",
    ),
    (
        "a setter that is written out is a call",
        "class B\n def x=(v)\n  v.go\n end\nend\nclass A\n def go = nil\nend\nB.new.x = A.new",
        "app > app.B.x=\napp.B.x= > app.A.go",
    ),
    (
        "methods of a class and of its objects are apart",
        "class A\n def self.go = nil\n def go = nil\n def run = go\n def self.run = go\nend\nA.go\nA.new.go",
        "app > app.A.go\napp.A.run > app.A.go",
    ),
    (
        "an object does not have its class's methods",
        "class A\n def self.make = nil\nend\nA.new.make",
        "",
    ),
    ("a class does not have its objects' methods", "class A\n def go = nil\nend\nA.go", ""),
    (
        "the singleton's body defines methods of the class",
        "class A\n class << self\n  def make = new\n  private\n  def other = nil\n end\n def go = nil\nend\nA.make.go",
        "app > app.A.make\napp > app.A.go",
    ),
    (
        "a factory makes objects of the class it is called on",
        "class A\n def self.make = new\n def go = nil\nend\nclass B < A\n def go = nil\nend\nB.make.go",
        "app > app.A.make\napp > app.B.go",
    ),
    (
        "an override is reached through the base",
        "class A\n def run = step\n def step = nil\nend\nclass B < A\n def step = nil\nend\nB.new.run",
        "app > app.A.run\napp.A.run > app.B.step",
    ),
    (
        "super without arguments passes them on",
        "class A\n def run(x) = x.go\nend\nclass B < A\n def run(x) = super\nend\nclass C\n def go = nil\nend\nB.new.run(C.new)",
        "app > app.B.run\napp.B.run > app.A.run\napp.A.run > app.C.go",
    ),
    (
        "super with brackets passes what is in them",
        "class A\n def initialize(x = nil) = nil\nend\nclass B < A\n def initialize(x)\n  super()\n end\nend\nB.new(1)",
        "app > app.B.initialize\napp.B.initialize > app.A.initialize",
    ),
    (
        "super of a class's method",
        "class A\n def self.make = nil\nend\nclass B < A\n def self.make = super\nend\nB.make",
        "app > app.B.make\napp.B.make > app.A.make",
    ),
    (
        "a module's methods are the class's",
        "module M\n def go = nil\nend\nclass A\n include M\nend\nA.new.go",
        "app > app.M.go",
    ),
    (
        "the later module comes first, behind the class",
        "module M\n def a = nil\n def b = nil\n def c = nil\nend\nmodule N\n def a = nil\n def b = nil\nend\n"
        "class A\n include M\n include N\n def a = nil\nend\nx = A.new\nx.a\nx.b\nx.c",
        "app > app.A.a\napp > app.N.b\napp > app.M.c",
    ),
    (
        "a module calls what the class has",
        "module M\n def go = step\nend\nclass A\n include M\n def step = nil\nend\nA.new.go",
        "app > app.M.go\napp.M.go > app.A.step",
    ),
    (
        "a prepended module comes first and its super is the class",
        "module M\n def go = super\nend\nclass A\n prepend M\n def go = nil\nend\nA.new.go",
        "app > app.M.go\napp.M.go > app.A.go",
    ),
    (
        "super in a class reaches its module",
        "module M\n def go = nil\nend\nclass A\n include M\n def go = super\nend\nA.new.go",
        "app > app.A.go\napp.A.go > app.M.go",
    ),
    (
        "extend gives a class methods",
        "module M\n def make = new\nend\nclass A\n extend M\n def go = nil\nend\nA.make.go",
        "app > app.M.make\napp > app.A.go",
    ),
    (
        "extended modules are none of the object's",
        "module M\n def go = nil\nend\nclass A\n extend M\nend\nA.new.go",
        "",
    ),
    (
        "a module extends itself",
        "module M\n extend self\n def go = step\n def step = nil\nend\nM.go",
        "app > app.M.go\napp.M.go > app.M.step",
    ),
    (
        "a module function is called on the module",
        "module M\n module_function\n def go = step\n def step = nil\nend\nM.go",
        "app > app.M.go\napp.M.go > app.M.step",
    ),
    (
        "the hook of an included module extends the class",
        "module M\n def self.included(base) = base.extend(ClassMethods)\n module ClassMethods\n  def make = nil\n end\n"
        "end\nclass A\n include M\nend\nA.make",
        "app.A > app.M.included\napp.M.included > <builtin>.extend\napp > app.M.ClassMethods.make",
    ),
    (
        "a concern gives methods to class and object",
        "module M\n extend ActiveSupport::Concern\n included do\n  before_save :go\n end\n class_methods do\n  def make = new\n"
        " end\n def go = nil\nend\nclass A\n include M\nend\nA.make.go",
        "app > app.M.ClassMethods.make\napp > app.M.go\napp.M > app.M.go",
    ),
    (
        "a class is told when it is inherited from",
        "class A\n def self.inherited(sub) = sub.make\nend\nclass B < A\n def self.make = nil\nend",
        "app.B > app.A.inherited\napp.A.inherited > app.B.make",
    ),
    (
        "a constant means the nearest",
        "class X\n def go = nil\nend\nmodule M\n class X\n  def go = nil\n end\n class Y\n  def run = X.new.go\n"
        "  def top = ::X.new.go\n end\nend",
        "app.M.Y.run > app.M.X.go\napp.M.Y.top > app.X.go",
    ),
    (
        "a constant is inherited",
        "class X\n def go = nil\nend\nclass A\n KIND = X\nend\nclass B < A\n def run = KIND.new.go\nend",
        "app.B.run > app.X.go",
    ),
    (
        "a compact name does not look into the module before it",
        "module M\n class X\n  def go = nil\n end\nend\nclass X\n def go = nil\nend\nclass M::Y\n def run = X.new.go\nend",
        "app.M.Y.run > app.X.go",
    ),
    (
        "a class of no name is known by its constant",
        "A = Class.new do\n def go = nil\nend\nA.new.go",
        "app > app.A.go",
    ),
    (
        "a class made from another inherits",
        "class A\n def go = nil\nend\nB = Class.new(A)\nB.new.go",
        "app > app.A.go",
    ),
    (
        "a struct keeps its fields",
        "P = Struct.new(:a, :b) do\n def run = b.go\nend\nclass X\n def go = nil\nend\nP.new(1, X.new).run",
        "app > app.P.run\napp.P.run > app.X.go",
    ),
    (
        "data keeps its fields by name",
        "class P < Data.define(:a, :b)\n def run = b.go\nend\nclass X\n def go = nil\nend\nP.new(a: 1, b: X.new).run",
        "app > app.P.run\napp.P.run > app.X.go",
    ),
    (
        "operators are methods",
        "class A\n def +(o) = self\n def ==(o) = true\n def [](k) = self\n def []=(k, v)\n end\n def -@ = self\nend\n"
        "x = A.new\nx + x\nx != x\nx[1]\nx[1] = 2\n-x\nx += x",
        "app > app.A.+\napp > app.A.==\napp > app.A.[]\napp > app.A.[]=\napp > app.A.-@",
    ),
    (
        "comparing goes through the one comparison",
        "class A\n include Comparable\n def <=>(o) = 0\nend\nA.new < A.new\n[A.new, A.new].sort\nA.new >= 1",
        "app > app.A.<=>\napp > <builtin>.Array.sort",
    ),
    (
        "a missing method goes to method_missing",
        "class A\n def method_missing(name, *args) = nil\n def real = nil\nend\nA.new.real\nA.new.other",
        "app > app.A.real\napp > app.A.method_missing",
    ),
    (
        "unrelated classes share a method's name",
        "class A\n def go = nil\nend\nclass B\n def go = nil\nend\nA.new.go",
        "app > app.A.go",
    ),
    (
        "a class inherits from a core class",
        "class H < Hash\n def [](k) = super\n def go = fetch(1)\nend\nH.new.go\nH.new[1]",
        "app > app.H.go\napp.H.go > <builtin>.Hash.fetch\napp > app.H.[]",
    ),
    (
        "a module reaches what its class inherits",
        "class Base\n def step = nil\nend\nmodule M\n def go = step\nend\nclass A < Base\n include M\nend",
        "app.M.go > app.Base.step",
    ),
    (
        "class_eval opens the class once more",
        "class A\n def go = nil\nend\nA.class_eval do\n def run = go\nend\nA.new.run",
        "app > app.A.run\napp.A.run > app.A.go",
    ),
    (
        "a method of one object",
        "x = Object.new\ndef x.go = step\ndef x.step = nil\nx.go",
        "app > <builtin>.Object.new\napp > app.go\napp.go > app.step",
    ),
    (
        "keywords that no parameter takes are a hash",
        "class A\n def go = nil\nend\ndef m(options = {}) = options[:a].go\nm(a: A.new)",
        "app > app.m\napp.m > app.A.go",
    ),
    (
        "delegated methods pass on",
        "class A\n def go = nil\nend\nclass B\n delegate :go, to: :a\n def a = A.new\nend\nB.new.go",
        "app > app.B.go\napp.B.go > app.B.a\napp.B.go > app.A.go",
    ),
    (
        "forwarded methods pass on",
        "class A\n def go = nil\nend\nclass B\n extend Forwardable\n def_delegators :@a, :go\n def initialize\n  @a = A.new\n"
        " end\nend\nB.new.go",
        "app > app.B.initialize\napp > app.B.go\napp.B.go > app.A.go",
    ),
    (
        "an alias of a method that is replaced keeps the old one",
        "class A\n def go = nil\n alias_method :old, :go\n def go = old\nend\nA.new.go",
        "app > app.A.go\napp.A.go > app.A.go",
    ),
    (
        "a class variable is shared",
        "class X\n def go = nil\nend\nclass A\n @@x = X.new\n def run = @@x.go\n def self.run2 = @@x.go\nend",
        "app.A.run > app.X.go\napp.A.run2 > app.X.go",
    ),
    (
        "a class has fields of its own",
        "class X\n def go = nil\nend\nclass A\n def self.x = @x ||= X.new\n def self.run = x.go\n def no = @x.go\nend",
        "app.A.run > app.A.x\napp.A.run > app.X.go",
    ),
    (
        "self's class is the class it was made of",
        "class A\n def twin = self.class.new\n def go = nil\nend\nclass B < A\n def go = nil\nend\nB.new.twin.go",
        "app > app.A.twin\napp.A.twin > <builtin>.class\napp > app.B.go",
    ),
    (
        "associations give objects of the class they are named after",
        "class User < ApplicationRecord\n has_many :posts\n def run = posts.first.go\nend\n"
        "class Post < ApplicationRecord\n belongs_to :author, class_name: 'User'\n def go = author.run\nend",
        "app.User > ApplicationRecord.has_many\napp.Post > ApplicationRecord.belongs_to\n"
        "app.User.run > <builtin>.Array.first\napp.User.run > app.Post.go\napp.Post.go > app.User.run",
    ),
    (
        "callbacks are run by name",
        "class C < Base\n before_action :load, only: :show, if: :ready?\n validate :check\n def load = nil\n"
        " def ready? = nil\n def check = nil\n def show = nil\nend",
        "app.C > app.C.load\napp.C > app.C.ready?\napp.C > app.C.check\napp.C > Base.before_action\napp.C > Base.validate",
    ),
    (
        "a scope is a method of the class",
        "class A < Base\n scope :recent, -> { make }\n def self.make = nil\nend\nA.recent",
        "app > app.A.recent\napp.A.recent > app.A.make",
    ),
]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(s, e, id=name) for name, s, e in CASES])
def test_methods_are_found_where_ruby_looks_for_them(calls: Calls, source: str, expected: str) -> None:
    assert calls({"app.rb": source}) == edges(expected)


FILES = [
    (
        "a required file's methods are known",
        {
            "app.rb": "require_relative 'lib/tool'\nhelp",
            "lib/tool.rb": "def help = nil",
            "lib/other.rb": "def help = nil",
        },
        "app > lib.tool.help",
    ),
    (
        "a class is found by its file's name",
        {
            "app.rb": "Shop::Cart.new.go",
            "lib/shop/cart.rb": "module Shop\n class Cart\n  def go = nil\n end\nend",
        },
        "app > lib.shop.cart.Shop.Cart.go",
    ),
    (
        "a class that is opened twice is one",
        {
            "a.rb": "class A\n def one = two\nend",
            "b.rb": "class A\n def two = nil\nend\nA.new.one",
        },
        "b > a.A.one\na.A.one > b.A.two",
    ),
    (
        "a field is shared between openings",
        {
            "a.rb": "class X\n def go = nil\nend\nclass A\n def initialize\n  @x = X.new\n end\nend",
            "b.rb": "class A\n def two = @x.go\nend\nA.new.two",
        },
        "b > a.A.initialize\nb > b.A.two\nb.A.two > a.X.go",
    ),
    (
        "a base in another file is resolved in the modules around",
        {
            "a.rb": "module M\n class Base\n  def go = nil\n end\nend",
            "b.rb": "class Base\n def go = nil\nend\nmodule M\n class A < Base\n end\nend\nM::A.new.go",
        },
        "b > a.M.Base.go",
    ),
]


@pytest.mark.parametrize(("files", "expected"), [pytest.param(f, e, id=name) for name, f, e in FILES])
def test_constants_and_methods_reach_over_files(calls: Calls, files: dict[str, str], expected: str) -> None:
    assert calls(files) == edges(expected)

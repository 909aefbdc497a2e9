from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.parsed import Role
from reviewer.evidence.syntax.source_file import SourceFile

SHOP = """
require "shop/price"
require_relative "tax"
autoload :Cart, "shop/cart"
require name
module Shop::Core
  LIMIT = 3
  class Order < Base
    def initialize(a, b = 2, *rest, k:, o: 1, **opts, &block)
      @a = a
    end
    def self.make(...) = new(...)
    private def total!
      def inner; end
    end
  end
end
TOP = 1
def helper(x, (y, z)); x; end
helper 1, *rest, k: 2
order.total!(1)
"text".helper
"""


def parsed(source: str) -> SourceFile:
    grammar = grammar_of("a.rb")
    assert grammar is not None
    return SourceFile("a.rb", source.encode(), grammar)


def test_definitions_have_kinds_owners_and_lines() -> None:
    found = {
        item.qualified_name: (item.kind.value, item.first_line, item.last_line)
        for item in parsed(SHOP).definitions
    }
    assert found == {
        "Shop::Core": ("class", 6, 17),
        "Shop::Core.Order": ("class", 8, 16),
        "Shop::Core.Order.initialize": ("method", 9, 11),
        "Shop::Core.Order.make": ("method", 12, 12),
        "Shop::Core.Order.total!": ("method", 13, 15),
        "TOP": ("constant", 18, 18),
        "helper": ("function", 19, 19),
    }


def test_a_class_names_its_base_and_takes_the_parameters_of_its_constructor() -> None:
    order = parsed(SHOP).definition("Shop::Core.Order")
    assert order is not None
    assert order.parameters is not None
    assert order.bases == ("Base",)
    assert (order.parameters.required, order.parameters.optional) == (("a", "k"), ("b", "o"))
    assert (order.parameters.positional_limit, order.parameters.takes_any_keyword) == (None, True)


def test_parameters_that_are_passed_on_whole_are_not_told() -> None:
    made = parsed(SHOP).definition("Shop::Core.Order.make")
    assert made is not None
    assert made.parameters is None


def test_requires_are_imports_unless_they_are_computed() -> None:
    assert [taken.module for taken in parsed(SHOP).imports] == ["shop/price", "./tax", "shop/cart"]


def test_occurrences_tell_parameters_from_reads_and_members() -> None:
    file = parsed(SHOP)
    assert [(item.line, item.role) for item in file.occurrences("x")] == [(19, Role.BINDING), (19, Role.READ)]
    assert [(item.line, item.role) for item in file.occurrences("helper")] == [
        (19, Role.DEFINITION),
        (20, Role.MEMBER),
        (22, Role.MEMBER),
    ]


def test_a_require_is_found_beside_the_file_or_below_a_load_path() -> None:
    paths = ["lib/shop/price.rb", "vendor/shop/price.rb", "lib/tax.rb", "shop.rb"]
    modules = Modules(paths, read=lambda _: b"")
    assert modules.find("lib/a.rb", "./tax", "ruby").path == "lib/tax.rb"
    assert modules.find("a.rb", "./tax", "ruby").path is None
    assert modules.find("a.rb", "shop/price", "ruby").path == "lib/shop/price.rb"
    assert modules.find("a.rb", "json", "ruby").outside

"""The languages that are known by name: a grammar, the tag query it ships, and one of ours that comes first."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.resources import files

from tree_sitter import Language as TreeSitterLanguage
from tree_sitter import Query

from reviewer.evidence.syntax.grammars.row import named

_DEFINES = re.compile(rb"@definition\.|@scope\b|@mention\b")
_REFERS = re.compile(rb"@reference\.|@local\b|@code\b|@dollar\b")


@dataclass(frozen=True, eq=False)
class TaggedGrammar:
    """One language. Its queries capture, beside what tag queries usually do, a few labels of ours.

    `@scope`: nobody outside can name what is inside. `@mention`: no definition after all. `@owner`: the type that a
    method is written outside of. `@local`: no reference. `@code`: raw text that is code, as a macro's body.
    `@dollar`: text in which a name after a dollar sign is a reference. `@definition.module` only lends its name to
    what is inside. Of several patterns for one name the first counts.
    """

    language: str
    family: str
    """Languages of one family use each other's names."""
    extensions: tuple[str, ...]
    module: str
    """The package of the grammar, imported when first asked for."""
    query: str
    """Our query, a file under `queries/`."""
    shipped: str | None
    """The package whose `queries/tags.scm` follows ours; None where the grammar ships none."""
    bodies: frozenset[str]
    """Node types that end a signature; a field called `body` does so in every language."""
    loader: str = "language"

    @cached_property
    def tree_sitter(self) -> TreeSitterLanguage:
        """The loaded grammar."""
        load: Callable[[], object] = getattr(import_module(self.module), self.loader)
        return TreeSitterLanguage(load())

    @cached_property
    def definitions_query(self) -> Query:
        """The patterns that find definitions."""
        return self._patterns(_DEFINES)

    @cached_property
    def references_query(self) -> Query:
        """The patterns that find references."""
        return self._patterns(_REFERS)

    def _patterns(self, wanted: re.Pattern[bytes]) -> Query:
        query, text = Query(self.tree_sitter, self._text), self._text.encode()
        for at in range(query.pattern_count):
            pattern = text[query.start_byte_for_pattern(at) : query.end_byte_for_pattern(at)]
            if not wanted.search(pattern):
                query.disable_pattern(at)
        return query

    @cached_property
    def _text(self) -> str:
        own = files("reviewer.evidence.syntax").joinpath("queries", self.query).read_text(encoding="utf-8")
        if self.shipped is None:
            return own
        folder = files(self.shipped).joinpath("queries")
        tags = folder.joinpath("tags.scm").read_text(encoding="utf-8")
        return f"{own}\n{tags}"


RUST = TaggedGrammar(
    language="rust",
    family="rust",
    extensions=(".rs",),
    module="tree_sitter_rust",
    query="tags-rust.scm",
    shipped="tree_sitter_rust",
    bodies=named("field_declaration_list enum_variant_list declaration_list block macro_rule"),
)
C = TaggedGrammar(
    language="c",
    family="c",
    extensions=(".c", ".h"),
    module="tree_sitter_c",
    query="tags-c.scm",
    shipped="tree_sitter_c",
    bodies=named("compound_statement field_declaration_list enumerator_list preproc_arg"),
)
CPP = TaggedGrammar(
    language="c++",
    family="c",
    extensions=(".cc", ".cpp", ".cxx", ".hpp", ".hh", ".hxx"),
    module="tree_sitter_cpp",
    query="tags-cpp.scm",
    shipped="tree_sitter_cpp",
    bodies=named(
        "compound_statement field_declaration_list enumerator_list preproc_arg field_initializer_list "
        "try_statement"
    ),
)
CSHARP = TaggedGrammar(
    language="c#",
    family="c#",
    extensions=(".cs",),
    module="tree_sitter_c_sharp",
    query="tags-csharp.scm",
    shipped="tree_sitter_c-sharp",  # the wheel has the queries in a folder of this name
    bodies=named("block declaration_list arrow_expression_clause accessor_list constructor_initializer"),
)
PHP = TaggedGrammar(
    language="php",
    family="php",
    extensions=(".php",),
    module="tree_sitter_php",
    query="tags-php.scm",
    shipped="tree_sitter_php",
    bodies=named("compound_statement declaration_list enum_declaration_list"),
    loader="language_php",
)
KOTLIN = TaggedGrammar(
    language="kotlin",
    family="jvm",
    extensions=(".kt", ".kts"),
    module="tree_sitter_kotlin",
    query="tags-kotlin.scm",
    shipped=None,
    bodies=named("function_body class_body enum_class_body getter setter"),
)
SCALA = TaggedGrammar(
    language="scala",
    family="jvm",
    extensions=(".scala", ".sc"),
    module="tree_sitter_scala",
    query="tags-scala.scm",
    shipped="tree_sitter_scala",
    bodies=named("template_body enum_body with_template_body"),
)
SWIFT = TaggedGrammar(
    language="swift",
    family="swift",
    extensions=(".swift",),
    module="tree_sitter_swift",
    query="tags-swift.scm",
    shipped="tree_sitter_swift",
    bodies=named("class_body protocol_body enum_class_body function_body computed_property"),
)
TAGGED = (RUST, C, CPP, CSHARP, PHP, KOTLIN, SCALA, SWIFT)

_IS_CPP = re.compile(
    rb"^[ \t]*(?:template[ \t]*<|namespace\b[^;=]*\{|using[ \t]+\w|(?:public|private|protected)[ \t]*:"
    rb"|class[ \t]+\w+[^;()]*\{)",
    re.MULTILINE,
)


@lru_cache(maxsize=1)
def _by_extension() -> dict[str, TaggedGrammar]:
    return {extension: grammar for grammar in TAGGED for extension in grammar.extensions}


def tagged_grammar(extension: str, source: bytes = b"") -> TaggedGrammar | None:
    """The row for an extension, `.rs`; None when it is no language of this table.

    A header, `.h`, is C unless a line of its `source` starts what only C++ has: a class with a body, a namespace, a
    template, `using`, or `public:`.
    """
    if extension == ".h" and _IS_CPP.search(source):
        return CPP
    return _by_extension().get(extension)

"""Where a function visibly takes what a stranger sent."""

import re

from tree_sitter import Node

from reviewer.evidence.hazards.kinds.dangerous_calls.call import call_of
from reviewer.evidence.hazards.kinds.dangerous_calls.values import Values
from reviewer.evidence.hazards.touched_file import text_of
from reviewer.evidence.syntax.grammars.row import named

_MAX_TEXT = 300
"""Characters of an expression; a longer one is not searched."""
_REQUEST = {
    "python": r"\brequest\.(?:args|form|GET|POST|values|query_params|cookies|get_json\(|FILES|match_info)\b",
    "javascript": r"\b(?:req|request|ctx|ctx\.request)\.(?:query|params|body|cookies)\b",
    "go": r"\b\w{1,30}\.URL\.Query\(\)|\b(?:r|req|request)\.(?:FormValue|PostFormValue|PathValue)\("
    r"|\bmux\.Vars\(|\bchi\.URLParam\("
    r"|\bc\.(?:Param|Query|PostForm|FormValue|QueryParam|PathParam)\(|\bctx\.(?:Param|PathParam)\(",
    "java": r"\b(?:request|req|httpRequest)\.(?:getParameter|getQueryString|getPathInfo)\(",
    "ruby": r"(?<![\w.@])params(?:\[|\.(?:fetch|require|permit|dig)\b)|(?<![\w.@])cookies\["
    r"|\brequest\.(?:query_string|raw_post)\b",
}
_CHECKED = re.compile(
    r"secure_filename|basename|safe_join|is_relative_to|relative_to|commonpath|realpath|normpath"
    r"|startswith|startsWith|start_with\?|filepath\.(?:Base|IsLocal|Rel|Clean)|HasPrefix|expand_path"
    r"|path\.relative|getCanonicalPath|normalize\(\)|\bwhitelist|\ballow|\binclude\?|\bincludes\("
    r"|\.contains\(| not in | in "
)
"""What a function that looks at a path before it opens it is likely to hold."""
_WRAPPERS = named(
    """
    binary_operator binary_expression binary parenthesized_expression string template_string interpolation
    template_substitution argument_list arguments subscript subscript_expression element_reference await_expression
    member_expression attribute type_conversion_expression boolean_operator await
    """
)


class Inputs:
    """Answers for one file, of a language that `_REQUEST` knows."""

    def __init__(self, language: str, values: Values) -> None:
        self._values = values
        self._request = re.compile(_REQUEST["javascript" if language in ("typescript", "tsx") else language])

    def holds(self, node: Node, depth: int = 0) -> bool:
        """True when `node` is, or is put together from, what the request says; a number or a quoted value is none."""
        if depth > 6 or self._values.is_harmless(node):
            return False
        if node.type == "identifier":
            given = self._values.given(node)
            return any(value is not None and self.holds(value, depth + 2) for value in given)
        call = call_of(node)
        short = node.end_byte - node.start_byte <= _MAX_TEXT
        if short and self._request.match(text_of(node).removeprefix("await ")):
            return True
        if call is not None:
            return call.name in _CARRIERS and any(self.holds(one, depth + 1) for one in call.positional)
        return node.type in _WRAPPERS and any(self.holds(child, depth + 1) for child in node.named_children)

    def is_checked(self, node: Node) -> bool:
        """True when the function around `node` may check what it opens."""
        return _CHECKED.search(text_of(self._values.function(node))) is not None


_CARRIERS = frozenset(
    {"join", "resolve", "str", "String", "Path", "Join", "of", "Sprintf", "format", "strip", "trim"}
)
"""Functions whose result is as good as what they are given."""

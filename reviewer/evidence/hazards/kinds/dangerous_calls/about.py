"""What the names around a call say about its purpose."""

import re

from tree_sitter import Node

from reviewer.evidence.hazards.touched_file import ancestors, text_of
from reviewer.evidence.syntax.grammars.row import named

_SECRET = re.compile(
    r"(?:^|_)(?:password|passwd|passphrase|token|secret|api_?key|otp|nonce|session_?id"
    r"|csrf|salt|pin_code|verification_code)s?(?:_|$)"
)
_PASSWORD = re.compile(r"(?:^|_)(?:password|passwd|passphrase)s?(?:_|$)")
_NO_SECRET = re.compile(
    r"token_?(?:ize|count|type|len|s$|index|id)|max_|num_|expir|_at$|_ttl|delay|jitter|count|length"
)
_OF_PEOPLE = re.compile(
    r"(?:^|_)(?:(?:user|first|last|display|full)_?name|name|comment|bio|message|query|search|description|email)$"
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BINDERS = named(
    """
    assignment variable_declarator assignment_expression short_var_declaration assignment_statement
    keyword_argument pair keyed_element
    function_definition function_declaration method_definition method_declaration method singleton_method
    """
)
_MOST = 8


def makes_a_secret(node: Node) -> str | None:
    """The name of the secret that `node` is a value for, or that the function around it makes; else None."""
    for at, above in enumerate(ancestors(node)):
        if above.type in _BINDERS:
            name = _name(above)
            if name is not None and _says(_SECRET, name) and not _NO_SECRET.search(_snake(name)):
                return name
            if "function" in above.type or "method" in above.type:
                return None
        if at > 4 * _MOST:
            return None
    return None


def names_a_password(text: str) -> bool:
    """True when an expression or a name says that it holds a password; digest authentication must hash one so."""
    return (
        len(text) < 200
        and "realm" not in text
        and any(_says(_PASSWORD, word) for word in re.findall(r"\w+", text))
    )


def names_text_of_people(node: Node) -> bool:
    """True for a variable or field that is named like what people write about themselves."""
    return node.type in ("identifier", "member_expression", "attribute") and _says(_OF_PEOPLE, text_of(node))


def _says(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.search(_snake(name)) is not None


def _snake(name: str) -> str:
    return _HUMP.sub("_", name.rsplit(".", 1)[-1].strip("@:\"' ")).lower()


def _name(binder: Node) -> str | None:
    left = (
        binder.child_by_field_name("left")
        or binder.child_by_field_name("name")
        or binder.child_by_field_name("key")
    )
    return text_of(left) if left is not None and left.end_byte - left.start_byte < 100 else None

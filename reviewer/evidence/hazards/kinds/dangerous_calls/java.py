"""Dangerous calls of Java."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import makes_a_secret
from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.touched_file import ancestors, text_of

_SQL = frozenset(
    {"executeQuery", "executeUpdate", "execute", "prepareStatement", "prepareCall", "createNativeQuery",
     "createQuery", "addBatch", "queryForObject", "queryForList", "queryForMap", "queryForRowSet",
     "update", "query", "batchUpdate"}
)  # fmt: skip
_BROKEN = re.compile(r'^"(?:(?:DES|DESede|RC4|ARCFOUR|RC2)(?:/[^"]*)?|AES|[A-Za-z0-9]+/ECB/[^"]*)"$')
_FILES = frozenset({"FileInputStream", "FileReader", "FileOutputStream", "FileWriter"})
_TRUST_ALL = frozenset(
    {"NoopHostnameVerifier.INSTANCE", "TrustAllStrategy.INSTANCE", "InsecureTrustManagerFactory.INSTANCE"}
)


def look(seen: Look) -> Iterator[Spot]:
    """Every call, and every method that is there to verify, on touched lines."""
    for call in seen.calls():
        for part in (_shell, _loaded, _crypto, _path, _trusting):
            yield from part(seen, call)
        if call.name in _SQL and call.receiver is not None and call.positional:
            yield from seen.sql(call.node, call.positional[0], call.name)
    for method in seen.file.nodes("method_declaration"):
        yield from _trusts_all(seen, method)


def _shell(seen: Look, call: Call) -> Iterator[Spot]:
    if call.dotted == "Runtime.getRuntime().exec" and call.positional:
        yield from seen.from_text("shell", call.node, call.positional[0], call.dotted)


def _loaded(seen: Look, call: Call) -> Iterator[Spot]:
    if call.name != "readObject" or call.receiver is None or call.positional:
        return
    if "ObjectInputFilter" in seen.file.text or "resolveClass" in seen.file.text:
        return
    given = seen.values.given(call.receiver) if call.receiver.type == "identifier" else [call.receiver]
    is_copy = "ObjectOutputStream" in text_of(seen.values.function(call.node))
    if given and all(_is_object_stream(one) for one in given) and not is_copy:
        yield from seen.spot("unsafe-load", call.node, f"{text_of(call.receiver)}.readObject")


def _is_object_stream(value: Node | None) -> bool:
    return value is not None and text_of(value).lstrip("(").startswith("new ObjectInputStream(")


def _crypto(seen: Look, call: Call) -> Iterator[Spot]:
    if call.dotted == "Cipher.getInstance" and call.positional and _BROKEN.match(text_of(call.positional[0])):
        yield from seen.spot("broken-cipher", call.node, text_of(call.positional[0]).strip('"'))
    is_random = call.dotted == "Math.random" or (
        call.node.type == "object_creation_expression" and call.name == "Random"
    )
    secret = makes_a_secret(call.node) if is_random else None
    if secret is not None:
        yield from seen.spot("guessable-random", call.node, call.dotted, secret)


def _path(seen: Look, call: Call) -> Iterator[Spot]:
    what = call.argument(0)
    if call.node.type != "object_creation_expression" or call.name not in _FILES or what is None:
        return
    if seen.inputs.holds(what) and not seen.inputs.is_checked(call.node):
        yield from seen.spot("path-input", call.node, call.name, text_of(what), risky=what)


def _trusting(seen: Look, call: Call) -> Iterator[Spot]:
    for one in call.positional:
        if text_of(one) in _TRUST_ALL:
            yield from seen.spot("tls-off", call.node, text_of(one), risky=one)


def _trusts_all(seen: Look, method: Node) -> Iterator[Spot]:
    """`checkServerTrusted` with nothing in it, and a host name verifier that says yes to all."""
    name, body = method.child_by_field_name("name"), method.child_by_field_name("body")
    if name is None or body is None:
        return
    statements = [child for child in body.named_children if not child.type.endswith("comment")]
    if text_of(name) == "checkServerTrusted" and not statements:
        yield from seen.spot("tls-off", method, "checkServerTrusted", risky=body)
    says_yes = len(statements) == 1 and text_of(statements[0]) == "return true;"
    if text_of(name) == "verify" and says_yes and _is_in_a_verifier(method):
        yield from seen.spot("tls-off", method, "HostnameVerifier.verify", risky=body)


def _is_in_a_verifier(method: Node) -> bool:
    return any("HostnameVerifier" in _header(above) for above in ancestors(method))


def _header(node: Node) -> str:
    """What stands before the body of a class; of an object without a named class, its beginning."""
    if not node.type.startswith(("class_", "object_creation")):
        return ""
    body = node.child_by_field_name("body")
    end = body.start_byte if body is not None else min(node.end_byte, node.start_byte + 200)
    return text_of(node)[: end - node.start_byte]

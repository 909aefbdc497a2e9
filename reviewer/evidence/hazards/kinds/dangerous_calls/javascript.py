"""Dangerous calls of JavaScript and TypeScript."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import makes_a_secret, names_a_password
from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.touched_file import text_of

_SHELL = frozenset({"child_process.exec", "child_process.execSync"})
_SQL = frozenset({"query", "execute", "raw", "$queryRawUnsafe", "$executeRawUnsafe", "prepare", "literal"})
_FILES = frozenset(
    {"readFile", "readFileSync", "createReadStream", "writeFile", "writeFileSync",
     "unlink", "unlinkSync", "rm", "rmSync", "readdir"}
)  # fmt: skip
_WEAK = re.compile(r"createHash\(['\"](?:md5|sha1)['\"]\)")
_BROKEN = ("des-", "rc4", "des3", "bf-")


def look(seen: Look) -> Iterator[Spot]:
    """Every call, property and assignment on touched lines."""
    for call in seen.calls():
        name = seen.origin(call)
        for part in (_shell, _evaluated, _path):
            yield from part(seen, call, name)
        yield from _crypto(seen, call)
        if call.name in _SQL and call.positional and call.receiver is not None:
            yield from seen.sql(call.node, call.positional[0], call.name)
        if name in ("node-serialize.unserialize", "serialize-javascript.deserialize") and call.positional:
            yield from seen.spot("unsafe-load", call.node, name)
    for pair in seen.file.nodes("pair"):
        yield from _option(seen, pair)
    for node in seen.file.nodes("assignment_expression"):
        yield from _set(seen, node)
    for node in seen.file.nodes("jsx_attribute"):
        yield from _inner_html(seen, node)


def _shell(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name in _SHELL and call.positional:
        yield from seen.from_text("shell", call.node, call.positional[0], call.dotted)


def _evaluated(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name not in ("eval", "Function", "vm.runInThisContext", "vm.runInNewContext") or not call.positional:
        return
    what = call.positional[-1] if name == "Function" else call.positional[0]
    if seen.inputs.holds(what):
        yield from seen.spot("eval-input", call.node, name, text_of(what), risky=what)
    elif name == "eval" and not seen.values.is_harmless(what):
        yield from seen.spot("eval-text", call.node, name, text_of(what), risky=what)


def _crypto(seen: Look, call: Call) -> Iterator[Spot]:
    if call.dotted == "Math.random":
        secret = makes_a_secret(call.node)
        if secret is not None:
            yield from seen.spot("guessable-random", call.node, call.dotted, secret)
    if not call.positional or call.receiver is None:
        return
    first = text_of(call.positional[0]).strip("'\"`").lower()
    if call.name in ("createCipheriv", "createDecipheriv") and (
        first.startswith(_BROKEN) or first.endswith("-ecb")
    ):
        yield from seen.spot("broken-cipher", call.node, first)
    is_weak = call.name == "update" and _WEAK.search(call.dotted) is not None
    if is_weak and names_a_password(text_of(call.positional[0])):
        yield from seen.spot("weak-hash", call.node, "createHash", text_of(call.positional[0]))


def _path(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if not call.positional or name.rsplit(".", 1)[-1] not in _FILES or not name.startswith("fs"):
        return
    what = call.positional[0]
    if seen.inputs.holds(what) and not seen.inputs.is_checked(call.node):
        yield from seen.spot("path-input", call.node, call.name, text_of(what), risky=what)


def _option(seen: Look, pair: Node) -> Iterator[Spot]:
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if key is None or value is None:
        return
    name, given = text_of(key).strip("'\""), text_of(value)
    if name == "rejectUnauthorized" and given == "false":
        yield from seen.spot("tls-off", pair, "rejectUnauthorized: false")
    if name == "NODE_TLS_REJECT_UNAUTHORIZED" and given.strip("'\"") == "0":
        yield from seen.spot("tls-off", pair, "NODE_TLS_REJECT_UNAUTHORIZED=0")


def _set(seen: Look, node: Node) -> Iterator[Spot]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return
    target = text_of(left)
    if "NODE_TLS_REJECT_UNAUTHORIZED" in target and text_of(right).strip("'\"`") == "0":
        yield from seen.spot("tls-off", node, "NODE_TLS_REJECT_UNAUTHORIZED=0")
    if target.endswith(".rejectUnauthorized") and text_of(right) == "false":
        yield from seen.spot("tls-off", node, "rejectUnauthorized: false")
    if target.endswith((".innerHTML", ".outerHTML")):
        yield from seen.page(node, right, target.rsplit(".", 1)[-1])


def _inner_html(seen: Look, node: Node) -> Iterator[Spot]:
    name = text_of(node.named_children[0]) if node.named_children else ""
    if name != "dangerouslySetInnerHTML" or len(node.named_children) < 2:
        return
    waiting = [node.named_children[1]]
    while waiting:
        one = waiting.pop()
        if one.type == "pair":
            value = one.child_by_field_name("value")
            if value is not None and seen.inputs.holds(value):
                yield from seen.spot("unescaped-html", node, name, text_of(value), risky=value)
            elif value is not None:
                yield from seen.page(node, value, name)
            return
        waiting += reversed(one.named_children)

"""Dangerous calls of Ruby."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import makes_a_secret, names_a_password
from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call
from reviewer.evidence.hazards.kinds.dangerous_calls.composed import filled_in, pieces
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.touched_file import text_of

_SHELL = frozenset(
    {"system", "exec", "spawn", "Kernel.system", "Kernel.exec", "IO.popen",
     "Open3.capture2", "Open3.capture2e", "Open3.capture3", "Open3.popen3"}
)  # fmt: skip
_SQL = frozenset(
    {"execute", "exec_query", "exec_update", "exec_delete", "query", "find_by_sql", "count_by_sql",
     "select_all", "select_value", "select_values", "select_rows"}
)  # fmt: skip
_CHOOSING = frozenset({"eval", "instance_eval", "class_eval", "send", "public_send"})
"""Methods whose first argument says what runs."""
_CONDITIONS = frozenset({"where", "having", "joins", "order", "find_by", "exists?", "rewhere"})
_OPEN = frozenset(
    {"File.open", "File.read", "File.new", "File.binread", "File.delete", "IO.read", "FileUtils.rm_rf",
     "send_file"}
)  # fmt: skip
_LOAD = frozenset(
    {"Marshal.load", "Marshal.restore", "YAML.unsafe_load", "Psych.unsafe_load", "YAML.unsafe_load_file"}
)
_WEAK = frozenset(
    {"Digest::MD5.hexdigest", "Digest::MD5.digest", "Digest::MD5.base64digest", "Digest::SHA1.hexdigest",
     "Digest::SHA1.digest", "OpenSSL::Digest::MD5.hexdigest"}
)  # fmt: skip


def look(seen: Look) -> Iterator[Spot]:
    """Every call, backtick and assignment on touched lines."""
    for call in seen.calls():
        for part in (_shell, _evaluated, _loaded, _database, _crypto, _path, _page):
            yield from part(seen, call)
    for node in seen.file.nodes("subshell"):
        yield from seen.from_text("shell", node, node, "`…`")
    for node in seen.file.nodes("assignment", "pair"):
        yield from _unverified(seen, node)


def _shell(seen: Look, call: Call) -> Iterator[Spot]:
    if call.dotted in _SHELL and len(call.positional) == 1:
        yield from seen.from_text("shell", call.node, call.positional[0], call.dotted)


def _evaluated(seen: Look, call: Call) -> Iterator[Spot]:
    if call.name == "constantize":
        what = call.receiver
    elif call.name in _CHOOSING:
        what = call.argument(0)
    else:
        return
    if what is not None and seen.inputs.holds(what):
        yield from seen.spot("eval-input", call.node, call.name, text_of(what), risky=what)


def _loaded(seen: Look, call: Call) -> Iterator[Spot]:
    what = call.argument(0)
    if call.dotted not in _LOAD or what is None or seen.values.is_constant(what):
        return
    if "Marshal.dump" not in text_of(seen.values.function(call.node))[:20_000]:
        yield from seen.spot("unsafe-load", call.node, call.dotted, risky=what)


def _database(seen: Look, call: Call) -> Iterator[Spot]:
    if call.receiver is None and call.name not in ("execute", "find_by_sql", "where"):
        return
    for what in call.positional[:1]:
        if call.name in _SQL:
            yield from seen.sql(call.node, what, call.name)
        elif call.name in _CONDITIONS and what.type in ("string", "binary"):
            yield from seen.sql(call.node, what, call.name, fragment=True)


def _crypto(seen: Look, call: Call) -> Iterator[Spot]:
    first = text_of(call.positional[0]).strip("\"'") if call.positional else ""
    if call.dotted in _WEAK and names_a_password(first):
        yield from seen.spot("weak-hash", call.node, call.dotted, first)
    if call.dotted in ("OpenSSL::Cipher.new", "OpenSSL::Cipher::Cipher.new"):
        upper = first.upper()
        if upper.startswith(("DES", "RC4")) or upper.endswith("-ECB"):
            yield from seen.spot("broken-cipher", call.node, first)
    if call.dotted in ("rand", "Random.rand", "Kernel.rand"):
        secret = makes_a_secret(call.node)
        if secret is not None:
            yield from seen.spot("guessable-random", call.node, call.dotted, secret)


def _path(seen: Look, call: Call) -> Iterator[Spot]:
    what = call.argument(0)
    if call.dotted not in _OPEN or what is None:
        return
    if seen.inputs.holds(what) and not seen.inputs.is_checked(call.node):
        yield from seen.spot("path-input", call.node, call.dotted, text_of(what), risky=what)


def _page(seen: Look, call: Call) -> Iterator[Spot]:
    what = call.receiver if call.name == "html_safe" else None
    if call.dotted == "raw" and len(call.positional) == 1:
        what = call.positional[0]
    if what is None:
        return
    if seen.inputs.holds(what):
        yield from seen.spot("unescaped-html", call.node, call.name, text_of(what), risky=what)
        return
    for _, one in filled_in(pieces(what, seen.values), seen.values):
        if seen.inputs.holds(one):
            yield from seen.spot("unescaped-html", call.node, call.name, text_of(one), risky=what)
            return


def _unverified(seen: Look, node: Node) -> Iterator[Spot]:
    left = node.child_by_field_name("left") or node.child_by_field_name("key")
    right = node.child_by_field_name("right") or node.child_by_field_name("value")
    if left is None or right is None:
        return
    name = text_of(left).rsplit(".", 1)[-1].strip(":\"'")
    if name in ("verify_mode", "ssl_verify_mode") and text_of(right) == "OpenSSL::SSL::VERIFY_NONE":
        yield from seen.spot("tls-off", node, "VERIFY_NONE")

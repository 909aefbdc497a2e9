"""Dangerous calls of Go."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import makes_a_secret, names_a_password
from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.touched_file import text_of

_SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "zsh", "cmd", "powershell"})
_SQL = {"Query": 0, "QueryRow": 0, "Exec": 0, "Prepare": 0, "QueryContext": 1, "QueryRowContext": 1, "ExecContext": 1,
        "PrepareContext": 1, "Raw": 0, "Get": 1, "Select": 1, "GetContext": 2, "SelectContext": 2, "NamedExec": 0,
        "NamedQuery": 0, "MustExec": 0}  # fmt: skip
"""Where each takes its statement; pgx takes a context first in `Query` too."""
_OPEN = frozenset(
    {"os.Open", "os.ReadFile", "os.Create", "os.OpenFile", "os.Remove", "os.RemoveAll", "ioutil.ReadFile"}
)
_BROKEN = {
    "crypto/des.NewCipher": "DES",
    "crypto/des.NewTripleDESCipher": "3DES",
    "crypto/rc4.NewCipher": "RC4",
}
_WEAK = frozenset({"crypto/md5.Sum", "crypto/sha1.Sum"})


def look(seen: Look) -> Iterator[Spot]:
    """Every call and every field of a literal on touched lines."""
    for call in seen.calls():
        name = seen.origin(call)
        yield from _shell(seen, call, name)
        yield from _crypto(seen, call, name)
        if call.name in _SQL and call.receiver is not None:
            for what in call.positional[_SQL[call.name] : _SQL[call.name] + 2][:2]:
                yield from seen.sql(call.node, what, call.name)
        yield from _opened(seen, call, name)
    for node in seen.file.nodes("keyed_element", "assignment_statement"):
        yield from _unverified(seen, node)


def _opened(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    path = call.argument(0) if name in _OPEN else None
    if path is not None and seen.inputs.holds(path) and not seen.inputs.is_checked(call.node):
        yield from seen.spot("path-input", call.node, name, text_of(path), risky=path)


def _shell(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name not in ("os/exec.Command", "os/exec.CommandContext"):
        return
    words = call.positional[1:] if name.endswith("Context") else call.positional
    if len(words) < 3 or text_of(words[0]).strip('"`') not in _SHELLS:
        return
    if text_of(words[1]).strip('"`').lower() in ("-c", "-lc", "-ec", "/c", "-command"):
        yield from seen.from_text("shell", call.node, words[2], f"exec.Command({text_of(words[0])})")


def _crypto(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name in _BROKEN:
        yield from seen.spot("broken-cipher", call.node, _BROKEN[name])
    if name in _WEAK and call.positional and names_a_password(text_of(call.positional[0])):
        yield from seen.spot("weak-hash", call.node, name, text_of(call.positional[0]))
    if name.startswith(("math/rand.", "math/rand/v2.")) and call.name not in (
        "Seed",
        "New",
        "NewSource",
        "Shuffle",
    ):
        secret = makes_a_secret(call.node)
        if secret is not None:
            yield from seen.spot("guessable-random", call.node, call.dotted, secret)


def _unverified(seen: Look, node: Node) -> Iterator[Spot]:
    key = node.child_by_field_name("key") or node.child_by_field_name("left")
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    if key is None or value is None or text_of(value) != "true":
        return
    if text_of(key).rsplit(".", 1)[-1] == "InsecureSkipVerify":
        yield from seen.spot("tls-off", node, "InsecureSkipVerify: true")

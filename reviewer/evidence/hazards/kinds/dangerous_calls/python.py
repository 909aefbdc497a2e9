"""Dangerous calls of Python."""

from collections.abc import Iterator

from tree_sitter import Node

from reviewer.evidence.hazards.detector import Spot
from reviewer.evidence.hazards.kinds.dangerous_calls.about import makes_a_secret, names_a_password
from reviewer.evidence.hazards.kinds.dangerous_calls.call import Call, call_of
from reviewer.evidence.hazards.kinds.dangerous_calls.look import Look
from reviewer.evidence.hazards.touched_file import text_of

_SHELL_RUN = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "Popen", "check_call", "check_output")
)
_SHELL = frozenset(
    {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput",
     "asyncio.create_subprocess_shell"}
)  # fmt: skip
_UNPICKLE = frozenset(
    {"pickle.load", "pickle.loads", "cPickle.load", "cPickle.loads", "dill.load", "dill.loads",
     "cloudpickle.load", "cloudpickle.loads", "marshal.load", "marshal.loads", "jsonpickle.decode"}
)  # fmt: skip
_UNSAFE_LOADERS = frozenset({"Loader", "UnsafeLoader", "CLoader"})
_HTTP = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "request", "stream",
     "Client", "AsyncClient", "Session"}
)  # fmt: skip
_RANDOM = frozenset(
    f"random.{name}"
    for name in ("choice", "choices", "randint", "randrange", "sample", "getrandbits", "random")
)
_SQL = frozenset(
    {"execute", "executemany", "executescript", "raw", "extra", "RawSQL", "read_sql", "read_sql_query",
     "fetch", "fetchrow"}
)  # fmt: skip
_MARKUP = frozenset(
    {"django.utils.safestring.mark_safe", "markupsafe.Markup", "flask.Markup", "jinja2.Markup"}
)
_OPEN = frozenset(
    {
        "open",
        "io.open",
        "send_file",
        "flask.send_file",
        "os.remove",
        "os.unlink",
        "os.listdir",
        "shutil.rmtree",
    }
)


def look(seen: Look) -> Iterator[Spot]:
    """Every call on touched lines."""
    for call in seen.calls():
        name = seen.origin(call)
        for part in (_shell, _evaluated, _loaded, _unverified, _crypto, _page, _path):
            yield from part(seen, call, name)
        if call.name in _SQL and call.positional:
            yield from seen.sql(call.node, call.positional[0], call.name)


def _shell(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    what = call.argument(0, "args") or call.argument(0, "cmd")
    if what is None:
        return
    shell = call.keywords.get("shell")
    if name in _SHELL or (name in _SHELL_RUN and shell is not None and text_of(shell) == "True"):
        yield from seen.from_text("shell", call.node, what, name)


def _evaluated(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name in ("eval", "exec") and call.receiver is None and call.positional:
        what = call.positional[0]
        if seen.inputs.holds(what):
            yield from seen.spot("eval-input", call.node, name, text_of(what), risky=what)
        elif name == "eval" and len(call.positional) == 1 and not _is_vouched_for(seen, what):
            yield from seen.spot("eval-text", call.node, name, text_of(what), risky=what)


def _is_vouched_for(seen: Look, what: Node) -> bool:
    """Constant or quoted, or compiled in place: whoever compiles has the text in hand."""
    call = call_of(what)
    return seen.values.is_harmless(what) or (call is not None and call.name == "compile")


def _loaded(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    what = call.argument(0)
    if what is None or not seen.is_imported(call) or seen.values.is_constant(what):
        return
    is_copy = "dumps" in text_of(seen.values.function(call.node))
    if (name in _UNPICKLE and not is_copy) or _loads_any_yaml(call, name):
        yield from seen.spot("unsafe-load", call.node, name, risky=what)


def _loads_any_yaml(call: Call, name: str) -> bool:
    """True for PyYAML with a loader that makes objects, as old versions do without one."""
    if name in ("yaml.unsafe_load", "yaml.unsafe_load_all"):
        return True
    loader = call.argument(1, "Loader")
    is_unsafe = loader is None or text_of(loader).rsplit(".", 1)[-1] in _UNSAFE_LOADERS
    return name in ("yaml.load", "yaml.load_all") and is_unsafe


def _unverified(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    verify = call.keywords.get("verify")
    client = name.partition(".")[0] in ("requests", "httpx") or "session" in call.dotted.lower()
    if verify is not None and text_of(verify) == "False" and call.name in _HTTP and client:
        yield from seen.spot("tls-off", call.node, "verify=False", risky=verify)
    if name in ("ssl._create_unverified_context", "ssl._create_stdlib_context"):
        yield from seen.spot("tls-off", call.node, name)


def _crypto(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    if name in ("hashlib.md5", "hashlib.sha1") and "usedforsecurity" not in call.keywords:
        what = call.argument(0, "string")
        if what is not None and names_a_password(text_of(what)):
            yield from seen.spot("weak-hash", call.node, name, text_of(what), risky=what)
    if name in _RANDOM and seen.is_imported(call):
        secret = makes_a_secret(call.node)
        if secret is not None:
            yield from seen.spot("guessable-random", call.node, name, secret)
    if call.name == "ECB" and "modes" in call.dotted:
        yield from seen.spot("broken-cipher", call.node, "ECB")
    module = name.rpartition(".")[0].rpartition(".")[2]
    if call.name == "new" and module in ("DES", "ARC4", "DES3") and seen.is_imported(call):
        yield from seen.spot("broken-cipher", call.node, module)


def _page(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    what = call.argument(0)
    if name in _MARKUP and what is not None:
        yield from seen.page(call.node, what, call.name)
    escape = call.keywords.get("autoescape")
    is_off = escape is not None and text_of(escape) == "False"
    if name in ("jinja2.Environment", "jinja2.Template") and is_off and "html" in text_of(call.node):
        yield from seen.spot("unescaped-html", call.node, "autoescape=False", "", risky=escape)


def _path(seen: Look, call: Call, name: str) -> Iterator[Spot]:
    what = call.argument(0)
    if name not in _OPEN or what is None:
        return
    if seen.inputs.holds(what) and not seen.inputs.is_checked(call.node):
        yield from seen.spot("path-input", call.node, call.name, text_of(what), risky=what)


def look_at_assignments(seen: Look) -> Iterator[Spot]:
    """`context.verify_mode = ssl.CERT_NONE`, and the variable of Node's that Python scripts set for others."""
    for node in seen.file.nodes("assignment"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or left.type != "attribute":
            continue
        name, value = text_of(left).rsplit(".", 1)[-1], seen.full_name(text_of(right))
        if name == "verify_mode" and value == "ssl.CERT_NONE":
            yield from seen.spot("tls-off", node, "ssl.CERT_NONE")
        if name == "_create_default_https_context" and value == "ssl._create_unverified_context":
            yield from seen.spot("tls-off", node, value)

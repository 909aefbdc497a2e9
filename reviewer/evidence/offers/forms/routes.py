"""Addresses: routes that a server answers to, and the requests and links that name one."""

import re
from collections.abc import Iterator

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source
from reviewer.evidence.syntax.grammars.row import named

_STRING = r"(?P<q>[\"'`])(?P<path>/?[^\"'`\s]*)(?P=q)"
_ROUTER = re.compile(
    r"\b(?P<name>\w+)\s*(?::=|=)\s*(?:new\s+)?(?:await\s+)?(?:\w+\.)?(?:Router|express|Hono|fastify|Fastify|Koa"
    r"|KoaRouter|Blueprint|APIRouter|Flask"
    r"|FastAPI|NewRouter|NewServeMux|Default|New|Group)\("
)
_VERBS = (
    r"(?:get|post|put|patch|delete|head|all|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete"
    r"|HandleFunc|Handle)"
)
_ROUTED = re.compile(rf"(?P<at>@?)\b(?P<router>\w+)\.{_VERBS}\(\s*{_STRING}\s*(?P<more>[,)])")
_MAPPED = re.compile(
    r"@(?:(?:Get|Post|Put|Patch|Delete|Request)Mapping|Path)\(\s*(?:(?:value"
    r"|path)\s*=\s*)?\{?\s*\"(?P<path>[^\"]*)\"[^)]*\)(?P<after>[^;{]*)"
)
_RUBY = re.compile(
    r"^\s*(?:get|post|put|patch|delete)\s*\(?\s*[\"'](?P<path>/?[\w/:.()-]+)[\"'](?:\s*(?:=>|,|do\b|\)))",
    re.MULTILINE,
)
_DJANGO = re.compile(r"\bpath\(\s*[\"'](?P<path>[^\"']*)[\"']\s*,\s*(?!include\b)")
_PREFIX = re.compile(
    r"\b(?P<name>\w+)\s*=\s*(?:Blueprint|APIRouter)\([^)]*?\b(?:url_)?prefix\s*=\s*[\"'](?P<path>[^\"']+)[\"']"
)
_PLAIN_ROUTERS = named("app router server api mux r route routes fastify bp blueprint")
_HOST = r"(?:https?://[^/\s\"'`<>]+|\$\{[^{}]*\}|\{[^{}/]*\}|\$\w+)?"
_PATH = r"(?P<path>/[\w./:${}<>()-]+)"
_ASKED = re.compile(
    rf"(?:\bfetch|\baxios(?:\.\w+)?|\$\.(?:get|post|ajax|getJSON)|\bhttp\.\w+|\b\w*[cC]lient\.\w+"
    rf"|\brequests\.\w+|\bhttpx\.\w+|\bnavigate|\.push"
    rf"|\bredirect(?:_to|To)?|\bsendRedirect|\bsendBeacon|\bhttp\.Redirect\(\w+, \w+,|\bNewRequest\([^\n\"]*?"
    rf"|\burl:|\bgetForObject|\bURI\.create)"
    rf"[ (]*(?:[fF]?[\"'`]){_HOST}{_PATH}(?=[\"'`?#])"
    rf"|\b(?:href|action|to|hx-(?:get|post|put|patch|delete)"
    rf"|formaction)=\{{?[\"'`]{_HOST}(?P<link>/[\w./:${{}}-]+)(?=[\"'`?#])"
    rf"|\bcurl\b[^\n]*?\s[\"']?(?:https?://)?[\w.:${{}}-]+(?P<curl>/[\w./:${{}}-]+)"
    rf"|[\"']redirect:(?P<spring>/[\w./{{}}-]+)[\"']"
)
_VARIABLE = re.compile(r"^(?::.*|\{.*\}|<.*>|\$\{.*\}|\$\w+|\*.*|\(.*\)|#\{.*\})$")
_GENERIC = named(
    """
    api src app server lib web routes router routers views view controllers controller index main handlers handler
    urls v1 v2
    """
)


def mentions(source: Source) -> Iterator[Mention]:
    """Routes by their path, as far as their file tells it; who asks names the path with all that is before it.

    A variable part is written `{}` on both sides. A route of one part fits an address whose earlier parts occur in
    the route's own place.
    """
    if source.kind is FileKind.DATA or source.kind is FileKind.DOCUMENT:
        return
    if source.kind is FileKind.PROGRAM:
        for path, at in _routes(source):
            name = _plain(path)
            if _literal_parts(name):
                yield Mention(Role.OFFERS, name, at, scopes=_places(source, name))
                yield Mention(Role.OFFERS, name, at)
    for match in source.find(
        _ASKED, in_strings=source.extension not in ("py", "js", "ts", "jsx", "tsx", "rb", "go", "java")
    ):
        path = _plain(match["path"] or match["link"] or match["curl"] or match["spring"])
        parts = path.split("/")[1:]
        ends = frozenset("/" + "/".join(parts[first:]) for first in range(1, len(parts)))
        if _literal_parts(path):
            yield Mention(Role.READS, path, match.start(), scopes=frozenset({*parts, "/"}), others=ends)


def last_part(name: str) -> str:
    """The last part that is no variable, or its first word."""
    return re.split(r"[^\w-]", _literal_parts(name)[-1])[0] or _literal_parts(name)[-1]


def _routes(source: Source) -> Iterator[tuple[str, int]]:
    text = source.text
    routers = {match["name"] for match in source.find(_ROUTER)} | _PLAIN_ROUTERS
    prefixes = {match["name"]: match["path"] for match in source.find(_PREFIX)}
    for match in source.find(_ROUTED):
        path = match["path"].rsplit(" ", 1)[-1]
        if match["router"] in routers and path.startswith("/") and (match["at"] or match["more"] == ","):
            yield prefixes.get(match["router"], "") + path, match.start()
    if source.extension in ("java", "kt"):
        found = list(source.find(_MAPPED))
        whole = next(
            (match["path"] for match in found if re.search(r"\bclass\b|\binterface\b", match["after"])), ""
        )
        for match in found:
            if not re.search(r"\bclass\b|\binterface\b", match["after"]):
                yield f"{whole.rstrip('/')}/{match['path'].lstrip('/')}", match.start()
    elif source.extension == "rb":
        yield from ((match["path"], match.start()) for match in source.find(_RUBY))
    elif source.name == "urls.py" or "urlpatterns" in text:
        yield from ((match["path"], match.start()) for match in source.find(_DJANGO))


def _plain(path: str) -> str:
    parts = [part for part in re.split(r"/+", path.split("?", 1)[0].split("#", 1)[0]) if part]
    return "/" + "/".join("{}" if _VARIABLE.match(part) else part for part in parts)


def _literal_parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part and part != "{}"]


def _places(source: Source, name: str) -> frozenset[str]:
    if len(_literal_parts(name)) > 1:
        return frozenset({"/"})
    words = re.split(r"[/._-]", source.path.rsplit(".", 1)[0])
    return frozenset(word for word in words if word not in _GENERIC) | (
        {"/"} if "urlpatterns" in source.text else set()
    )

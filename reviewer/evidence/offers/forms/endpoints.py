"""Names of routes in Flask and Django, and the links that are built from them."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from reviewer.evidence.literals.roles import FileKind
from reviewer.evidence.offers.mention import Mention, Role
from reviewer.evidence.offers.source import Source

_ROUTED = re.compile(r"^[ \t]*@(?P<router>\w+)\.(?:route|get|post|put|patch|delete)\(", re.MULTILINE)
_VIEW = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>\w+)", re.MULTILINE)
_REACH = 600
"""Characters between a route and its view, and between an address and its name."""
_ENDPOINT = re.compile(r"\bendpoint\s*=\s*[\"'](?P<name>\w+)[\"']")
_RULE = re.compile(
    r"\b(?P<router>\w+)\.add_url_rule\(\s*[\"'][^\"']*[\"']\s*,\s*(?:endpoint\s*=\s*)?[\"'](?P<name>\w+)[\"']"
)
_BLUEPRINT = re.compile(
    r"\b(?P<router>\w+)\s*=\s*(?:\w+\.)?Blueprint\(\s*(?:name\s*=\s*)?[\"'](?P<name>[\w.]+)[\"']"
)
_FLASK_LINK = re.compile(r"\burl_for\(\s*[\"'](?P<name>\.?\w+(?:\.\w+)*)[\"']")
_DJANGO_PATH = re.compile(r"\b(?:re_)?path\(")
_DJANGO_NAME = re.compile(r"\bname\s*=\s*[\"'](?P<name>[\w.:-]+)[\"']")
_APP_NAME = re.compile(r"^app_name\s*=\s*[\"'](?P<name>\w+)[\"']", re.MULTILINE)
_DJANGO_LINK = re.compile(
    r"(?:\{%\s*url\s+|\breverse(?:_lazy)?\(\s*|\bresolve_url\(\s*)[\"'](?P<name>[\w.:-]+)[\"']"
)


def mentions(source: Source) -> Iterator[Mention]:
    """An endpoint of a blueprint is `blueprint.view`, a named address of a Django application `application:name`."""
    if source.kind is FileKind.MARKUP or source.extension == "py":
        yield from _links(source)
    if source.extension == "py":
        yield from _flask(source)
        yield from _django(source)


def last_part(name: str) -> str:
    """The name of the view alone."""
    return re.split(r"[.:]", name)[-1]


def _flask(source: Source) -> Iterator[Mention]:
    blueprints = {match["router"]: match["name"] for match in source.find(_BLUEPRINT)}
    for route in source.find(_ROUTED):
        view = _VIEW.search(source.text, route.end(), route.end() + _REACH)
        arguments = source.text[route.end() : view.start()] if view else "\n\n"
        if view and "\n\n" not in arguments:
            endpoint = _ENDPOINT.search(arguments)
            name = endpoint["name"] if endpoint else view["name"]
            yield from _endpoint(source, route["router"], name, view.start("name"), blueprints)
    for match in source.find(_RULE):
        yield from _endpoint(source, match["router"], match["name"], match.start("name"), blueprints)


def _endpoint(
    source: Source, router: str, name: str, at: int, blueprints: dict[str, str]
) -> Iterator[Mention]:
    """A blueprint that is made in another file is known by its variable, its folder and its file only."""
    if router in blueprints:
        yield Mention(Role.OFFERS, f"{blueprints[router]}.{name}", at)
    elif router in ("app", "application"):
        yield Mention(Role.OFFERS, name, at)
    else:
        place = {router, *re.split(r"[/.]", source.path)}
        yield Mention(Role.OFFERS, f"?.{name}", at, scopes=frozenset(place))


def _django(source: Source) -> Iterator[Mention]:
    app = _APP_NAME.search(source.text)
    starts = [match.end() for match in source.find(_DJANGO_PATH)]
    for start, following in zip_longest(starts, starts[1:]):
        end = min(following or len(source.text), start + _REACH)
        if match := _DJANGO_NAME.search(source.text, start, end):
            name = f"{app['name']}:{match['name']}" if app else match["name"]
            yield Mention(Role.OFFERS, name, match.start("name"), others=frozenset({match["name"]}))


def _links(source: Source) -> Iterator[Mention]:
    blueprints = {match["name"] for match in source.find(_BLUEPRINT)} if source.extension == "py" else set()
    for match in source.find(_FLASK_LINK):
        name = match["name"]
        if name.startswith("."):
            if len(blueprints) != 1:
                continue
            name = next(iter(blueprints)) + name
        group, _, view = name.rpartition(".")
        yield Mention(
            Role.READS,
            name,
            match.start(),
            scopes=frozenset({group}),
            others=frozenset({f"?.{view}"} if group else ()),
        )
    for match in source.find(_DJANGO_LINK):
        yield Mention(Role.READS, match["name"], match.start(), others=frozenset({last_part(match["name"])}))

"""Go, Ruby, Java and Rust: go.mod, Gemfile and gemspec, pom.xml and Gradle, Cargo.toml."""

import re
from collections.abc import Iterator

from reviewer.evidence.hazards.kinds.dependency_risk.python import table, tables, toml
from reviewer.evidence.hazards.kinds.dependency_risk.requirement import Hold, Requirement, Scope

_GO = re.compile(
    r"^(?:require[ \t]+|[ \t]+)(?P<name>[\w.~/-]{3,300})[ \t]+(?P<version>v\d[\w.+-]*)"
    r"[ \t]*(?://[ \t]*(?P<note>.*))?$"
)
_REPLACE = re.compile(
    r"^(?:replace[ \t]+|[ \t]+)(?P<name>[\w.~/-]{3,300})(?:[ \t]+v[\w.+-]+)?[ \t]+=>[ \t]+(?P<to>\S{1,300})"
)
_GEM = re.compile(
    r"^[ \t]*(?:gem|\w+\.add_(?P<dev>development_|runtime_)?dependency)[ \t(]+"
    r"(?P<written>[\"'](?P<name>[\w.-]{1,100})[\"'])(?P<rest>[^#\n]{0,400})"
)
_GEM_BOUND = re.compile(r"^[ \t]*,[ \t]*[\"'](?P<bound>[^\"'\n]{0,60})[\"']")
_GEM_OPTION = re.compile(
    r"\b(?P<key>git|github|gist|bitbucket|path|source):[ \t]*[\"'](?P<value>[^\"'\n]{1,300})[\"']"
)
_GRADLE = re.compile(
    r"^[ \t]*(?P<scope>implementation|api|compileOnly|runtimeOnly|compile|runtime|testImplementation)"
    r"[ \t(]+[\"'](?P<name>[\w.-]{1,150}:[\w.-]{1,150}):(?P<bound>[\w.+-]{1,60}|\[[^\"'\n]{1,60})[\"']"
)
_TAG = re.compile(r"<(groupId|artifactId|version|scope)>([^<\n]{1,200})</\1>")


def go_mod(text: str) -> list[Requirement]:
    """Direct requirements; one that is replaced has the replacement as its source."""
    lines = text.split("\n")
    replaced = {match["name"]: match for line in lines if (match := _REPLACE.match(line))}
    found = []
    for line in lines:
        match = _GO.match(line.rstrip())
        if match is None or (match["note"] or "").startswith("indirect"):
            continue
        to = replaced.get(match["name"])
        local = to is not None and to["to"].startswith(".")
        source = to["to"] if to is not None and not local and to["to"] != match["name"] else ""
        needles = ("=>", source) if source else (match["name"], match["version"])
        found.append(
            Requirement(match["name"], match["version"], Hold.PIN, needles, source=source, is_local=local)
        )
    return found


def gems(text: str) -> list[Requirement]:
    """`gem` and `add_dependency` lines whose name is written out."""
    found, groups = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith(("group ", "group(")) and stripped.endswith("do"):
            groups += "test" in stripped or "development" in stripped
        elif line.startswith("end"):
            groups = 0
        match = _GEM.match(line)
        if match:
            found.append(_gem(match, Scope.DEVELOPMENT if groups else Scope.RUNTIME))
    return found


def _gem(match: re.Match[str], scope: Scope) -> Requirement:
    bound = _GEM_BOUND.match(match["rest"])
    written = bound["bound"].strip() if bound else ""
    options = {option["key"]: option["value"] for option in _GEM_OPTION.finditer(match["rest"])}
    source = next((value for key, value in options.items() if key != "path"), "")
    if re.search(r"\bref:", match["rest"]):
        source += " " + match["rest"]
    dev = match["dev"] == "development_" or re.search(r"group:|groups:", match["rest"])
    return Requirement(
        match["name"],
        written,
        _gem_hold(written),
        (match["written"], written),
        Scope.DEVELOPMENT if dev else scope,
        source,
        is_local="path" in options,
        is_conditional=match[0][:1].isspace() or " if " in match["rest"],
    )


def _gem_hold(bound: str) -> Hold:
    if bound in ("", ">= 0"):
        return Hold.ANY
    if bound.startswith("~>"):
        return Hold.SERIES
    return Hold.PIN if bound[0].isdigit() or bound.startswith("= ") else Hold.RANGE


def gradle(text: str) -> list[Requirement]:
    """Coordinates that are written out with a version."""
    return [
        Requirement(
            match["name"],
            match["bound"],
            Hold.RANGE if match["bound"][0] in "[(" or "+" in match["bound"] else Hold.PIN,
            (f"{match['name']}:{match['bound']}",),
            Scope.DEVELOPMENT if match["scope"].startswith("test") else Scope.RUNTIME,
        )
        for line in text.split("\n")
        if (match := _GRADLE.match(line))
    ]


def pom(text: str) -> list[Requirement]:
    """`dependency` blocks with a version that is written out."""
    return list(_pom_blocks(text))


def _pom_blocks(text: str) -> Iterator[Requirement]:
    for block in text.split("<dependency>")[1:]:
        parts = dict(_TAG.findall(block.split("</dependency>", 1)[0].split("<exclusions>", 1)[0]))
        if {"groupId", "artifactId", "version"} <= set(parts) and "$" not in "".join(parts.values()):
            yield Requirement(
                f"{parts['groupId']}:{parts['artifactId']}",
                parts["version"],
                Hold.RANGE if parts["version"][0] in "[(" else Hold.PIN,
                (f"<artifactId>{parts['artifactId']}<",),
                Scope.DEVELOPMENT if parts.get("scope") == "test" else Scope.RUNTIME,
            )


def cargo(text: str) -> list[Requirement]:
    """The dependency tables of a package and of a workspace."""
    whole = toml(text)
    return [
        *tables(table(whole, "dependencies"), Scope.RUNTIME, bare=Hold.SERIES),
        *tables(table(whole, "build-dependencies"), Scope.RUNTIME, bare=Hold.SERIES),
        *tables(table(whole, "dev-dependencies"), Scope.DEVELOPMENT, bare=Hold.SERIES),
        *tables(table(table(whole, "workspace"), "dependencies"), Scope.RUNTIME, bare=Hold.SERIES),
    ]

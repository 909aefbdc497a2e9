"""Lock files: where packages come from, and whether what comes is checked."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from reviewer.evidence.hazards.detector import Place, Spot
from reviewer.evidence.hazards.touched_file import TouchedFile
from reviewer.evidence.literals.roles import is_test
from reviewer.evidence.syntax.grammars.row import named

_NAMES = named(
    """
    package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml uv.lock poetry.lock Pipfile.lock Gemfile.lock
    Cargo.lock
    """
)
_ADDRESS = re.compile(
    r"(?:\"resolved\":|\bresolved|\btarball:|\bregistry =|\burl =|^[ \t]*remote:)[ \t]*\"?(?:registry\+)?"
    r"(?P<scheme>https?)://(?P<host>[\w.-]{3,200})"
)
MAX_BYTES = 5_000_000
_MAX_UNCHECKED = 100
_FEW = 5
"""Addresses of the base, up to which there is no usual host."""


def is_lock(path: str) -> bool:
    """True for lock files that say where packages come from."""
    return path.rsplit("/", 1)[-1] in _NAMES and not is_test(path) and "node_modules/" not in path


def compare(before: TouchedFile | None, after: TouchedFile | None) -> Iterator[Spot]:
    """Addresses without TLS, hosts that the file did not know, and checksums that are gone."""
    if after is None:
        return
    hosts = Counter(match["host"] for match in _addresses(before)) if before else Counter()
    plain = {match["host"] for match in _addresses(before) if match["scheme"] == "http"} if before else set()
    told: set[str] = set()
    for at, text in enumerate(after.text.split("\n"), start=1):
        match = _ADDRESS.search(text) if after.touches(at, at) else None
        host = match["host"] if match else ""
        if match is None or host in told:
            continue
        if match["scheme"] == "http" and host not in plain and host != "localhost":
            told.add(host)
            yield Spot("lock-without-tls", at, at, (host,))
        elif sum(hosts.values()) > _FEW and not hosts[host] and host != "localhost":
            told.add(host)
            yield Spot("lock-other-host", at, at, (host, hosts.most_common(1)[0][0]))
    if before is not None and after.path.endswith("package-lock.json"):
        yield from _unchecked(before, after)


def _addresses(file: TouchedFile) -> Iterator[re.Match[str]]:
    for text in file.text.split("\n"):
        match = _ADDRESS.search(text)
        if match:
            yield match


def _unchecked(before: TouchedFile, after: TouchedFile) -> Iterator[Spot]:
    old, new = _packages(before), _packages(after)
    names = (name for name, entry in new.items() if _is_unchecked(old.get(name, {}), entry))
    for name in islice(names, _MAX_UNCHECKED):
        needle = f"{json.dumps(name)}: {{"
        line, first = (_line_of(needle, file.text) for file in (after, before))
        if line and first:
            yield Spot(
                "checksum-removed", line, line, (name,), (Place(before.path, before.side, first, first),)
            )


def _is_unchecked(was: Mapping[str, object], entry: Mapping[str, object]) -> bool:
    resolved = entry.get("resolved")
    is_fetched = isinstance(resolved, str) and resolved.startswith("http")
    return is_fetched and bool(was.get("integrity")) and not entry.get("integrity")


def _line_of(needle: str, text: str) -> int | None:
    at = text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _packages(file: TouchedFile) -> dict[str, dict[str, object]]:
    try:
        found = json.loads(file.text).get("packages")
    except (ValueError, RecursionError, AttributeError) as error:
        raise ValueError(f"no JSON that can be read: {error}") from error
    entries = found.items() if isinstance(found, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}

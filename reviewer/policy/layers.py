"""A repository's policy on top of the organisation's that it extends: values, ceilings, and where each comes from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from reviewer.errors import ConfigError
from reviewer.policy.document import Document
from reviewer.policy.model import Policy
from reviewer.policy.tightness import Key, Leaf, is_looser, leaves, nested, tightest

_APART = ("version", "extends", "folders", "silences", "ceilings")
"""Settings that are not simply taken from the file that says them last."""

_ADDED = (("paths", "protected"), ("checks", "hold"), ("triage", "sensitive"), ("triage", "sensitive_names"))
"""Settings that hold what both files say."""


@dataclass(frozen=True)
class Origin:
    """Where the value of a setting was written."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def error(self, problem: str) -> ConfigError:
        """`problem` as an error at this place."""
        return ConfigError(problem, file=self.file, line=self.line, column=self.column)


@dataclass(frozen=True)
class LoadedPolicy:
    """A policy with the origin of each setting that somebody wrote; the rest are defaults."""

    policy: Policy
    origins: dict[Key, Origin]
    """Of settings by their keys; those of ceilings begin with `ceilings`."""

    def refuse_unknown(self, *, rules: Collection[str], agents: Collection[str]) -> None:
        """`ConfigError` at the place of the first name that is none of `rules` or, for an agent, of `agents`."""
        for key, origin in self.origins.items():
            known = {"rules": rules, "agents": agents}.get(key[0])
            if known is not None and key[1] not in known:
                raise origin.error(f"{key[1]}: no such {key[0][:-1]}; there are {', '.join(known)}")
        folders = {name for folder in self.policy.folders for name in folder.rules}
        silenced = {entry.rule for entry in self.policy.silences}
        for part, names in (
            ("folders", folders),
            ("silences", silenced),
            ("ceilings", self.policy.ceilings.rules),
        ):
            for name in sorted(set(names) - set(rules)):
                place = self.origin_of((part, "rules", name)) or self.origins[part,]
                raise place.error(f"{part}: {name}: no such rule; there are {', '.join(rules)}")

    def origin_of(self, key: Key) -> Origin | None:
        """The place that decides `key`, or the part of it above; None for a default."""
        return next((self.origins[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.origins), None)


def combine(own: Document, organisation: Document | None) -> LoadedPolicy:
    """`own` over `organisation`; `ConfigError` where one allows more than a ceiling above it.

    A setting of `own` replaces the organisation's, but `paths.protected`, `checks.hold` and
    `triage.sensitive…` are added to it. Ceilings
    of both hold, the tighter one where both name a setting; a default that allows more than a ceiling is lowered.
    """
    documents = [each for each in (organisation, own) if each is not None]
    if organisation is not None and organisation.policy.extends is not None:
        raise organisation.error("extends: an extended policy cannot extend another", ("extends",))
    values: dict[Key, Any] = {}
    origins: dict[Key, Origin] = {}
    ceilings: dict[Key, _Ceiling] = {}
    for document in documents:
        _take(document, values, origins, ceilings)
        ceilings = _with_ceilings(document, ceilings)
        _hold_folders(document, ceilings)
    _lower_defaults(values, origins, ceilings)
    folders = [each for document in documents for each in _folders(document)]
    if folders:
        values["folders",] = folders
    silences = [each for document in documents for each in document.policy.silences]
    if silences:
        values["silences",] = silences
    values.update({("ceilings", *key): ceiling.leaf.value for key, ceiling in ceilings.items()})
    if own.policy.extends is not None:
        values["extends",] = own.policy.extends
    origins.update({("ceilings", *key): ceiling.origin for key, ceiling in ceilings.items()})
    for name in ("extends", "folders", "silences"):
        if (name,) in values:
            origins[name,] = _origin(own if name in own.policy.model_fields_set else documents[0], (name,))
    return LoadedPolicy(Policy.model_validate(nested(values)), origins)


@dataclass(frozen=True)
class _Ceiling:
    leaf: Leaf
    origin: Origin


def _take(
    document: Document, values: dict[Key, Any], origins: dict[Key, Origin], ceilings: dict[Key, _Ceiling]
) -> None:
    for leaf in leaves(document.policy, only_set=True):
        if leaf.key[0] in _APART:
            continue
        _hold(document, leaf, leaf.key, ceilings)
        if leaf.key in _ADDED:
            values[leaf.key] = (*values.get(leaf.key, ()), *leaf.value)
        else:
            values[leaf.key] = leaf.value
        origins[leaf.key] = _origin(document, leaf.key)


def _with_ceilings(document: Document, known: dict[Key, _Ceiling]) -> dict[Key, _Ceiling]:
    """`known` with those of `document`, which may only be tighter."""
    added = {}
    for leaf in leaves(document.policy.ceilings, only_set=True):
        _hold(document, leaf, ("ceilings", *leaf.key), known)
        added[leaf.key] = _Ceiling(leaf, _origin(document, ("ceilings", *leaf.key)))
    return {**known, **added}


def _hold_folders(document: Document, ceilings: dict[Key, _Ceiling]) -> None:
    for at, folder in enumerate(document.policy.folders):
        for leaf in leaves(folder, only_set=True):
            _hold(document, leaf, ("folders", at, *leaf.key), ceilings)


def _hold(
    document: Document, leaf: Leaf, place: tuple[str | int, ...], ceilings: dict[Key, _Ceiling]
) -> None:
    """Refuse `leaf` when it allows more than the ceiling of its setting."""
    ceiling = ceilings.get(leaf.key)
    if ceiling is None or leaf.order is None or not is_looser(leaf.order, leaf.value, ceiling.leaf.value):
        return
    name = ".".join(str(part) for part in place)
    raise document.error(
        f"{name}: {leaf.value} allows more than the ceiling {ceiling.leaf.value} of {ceiling.origin}", place
    )


def _lower_defaults(
    values: dict[Key, Any], origins: dict[Key, Origin], ceilings: dict[Key, _Ceiling]
) -> None:
    defaults = {leaf.key: leaf.value for leaf in leaves(Policy(), only_set=False)}
    for key, ceiling in ceilings.items():
        order = ceiling.leaf.order
        if order is None:
            continue
        now = values.get(key, defaults.get(key, ceiling.leaf.value))
        lowered = tightest(order, (now, ceiling.leaf.value))
        if key not in values and lowered != defaults.get(key):
            values[key], origins[key] = lowered, ceiling.origin


def _folders(document: Document) -> Iterable[dict[str, Any]]:
    return (folder.model_dump(mode="json", exclude_unset=True) for folder in document.policy.folders)


def _origin(document: Document, key: Key) -> Origin:
    return Origin(document.file, *document.position(key))

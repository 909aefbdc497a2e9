"""Every kind of name that is followed. A kind that is not listed here is not looked for."""

import re

from reviewer.domain.names import NameKind
from reviewer.evidence.offers.forms import (
    beans,
    columns,
    dotted_paths,
    endpoints,
    environment,
    events,
    flags,
    messages,
    options,
    package_scripts,
    placeholders,
    routes,
    ruby_methods,
    settings,
    tags,
    tasks,
)
from reviewer.evidence.offers.mention import Kind

_DATA = re.compile(
    r"\.(?:ya?ml|json|json5|toml|properties|ini|cfg|conf|xml|resx|strings|arb|env)$|(?:^|/)\.env[^/]*$"
)
_PROGRAM = re.compile(r"\.(?:py|rb|rake|[cm]?[jt]sx?|go|java|kt|vue|svelte|php)$")
_PYTHON = re.compile(r"\.py$")
_RUBY = re.compile(r"\.(?:rb|rake)$")
_STRUCTURES = re.compile(r"\.(?:go|java|kt)$")
_SCHEMA = re.compile(r"\.sql$|(?:^|/)(?:migrations?|migrate|versions|alembic)/|(?:^|/)schema\.\w+$")
_ANY = re.compile("")
_KEY = re.compile(r"[:=>]")
_UPPER = re.compile(r"[A-Z]_[A-Z\d]")
_EVENT = re.compile(r"[\"'][\w.:/-]{4,80}[\"']")

KINDS: tuple[Kind, ...] = (
    Kind(
        NameKind.MESSAGE,
        "defined",
        "asked for",
        messages.mentions,
        paths=_DATA,
        hint=_KEY,
        word=messages.last_part,
        may_offer=messages.may_be_made,
    ),
    Kind(
        NameKind.PLACEHOLDER,
        "filled in",
        "given a value",
        placeholders.mentions,
        paths=_DATA,
        hint=re.compile(r"\{|%\("),
        renamed_only=True,
    ),
    Kind(
        NameKind.SETTING,
        "set",
        "read",
        settings.mentions,
        paths=_DATA,
        hint=_KEY,
        word=settings.last_part,
        may_offer=settings.may_be_made,
    ),
    Kind(
        NameKind.FLAG,
        "listed",
        "asked for",
        flags.mentions,
        paths=_DATA,
        hint=_KEY,
        may_offer=flags.occurs_otherwise,
    ),
    Kind(NameKind.ENVIRONMENT, "set", "read", environment.mentions, paths=_ANY, hint=_UPPER),
    Kind(
        NameKind.ENVIRONMENT,
        "read",
        "set",
        environment.swapped,
        paths=_ANY,
        hint=_UPPER,
        may_offer=environment.occurs_in_program,
        renamed_only=True,
    ),
    Kind(
        NameKind.EVENT,
        "emitted",
        "listened to",
        events.mentions,
        paths=_PROGRAM,
        hint=_EVENT,
        may_offer=events.occurs_otherwise,
    ),
    Kind(
        NameKind.EVENT,
        "listened to",
        "emitted",
        events.swapped,
        paths=_PROGRAM,
        hint=_EVENT,
        may_offer=events.occurs_otherwise,
        renamed_only=True,
    ),
    Kind(
        NameKind.OPTION,
        "defined",
        "given",
        options.mentions,
        paths=_PROGRAM,
        hint=options.DEFINITION,
        needs_scope=True,
        reads_documents=True,
    ),
    Kind(
        NameKind.COLUMN,
        "defined",
        "used",
        columns.mentions,
        paths=_SCHEMA,
        hint=_ANY,
        withdraws=True,
        needs_scope=True,
        bare=True,
    ),
    Kind(
        NameKind.TABLE, "defined", "used", columns.tables, paths=_SCHEMA, hint=_ANY, withdraws=True, bare=True
    ),
    Kind(
        NameKind.ROUTE,
        "answered",
        "asked for",
        routes.mentions,
        paths=_PROGRAM,
        hint=re.compile(r"[\"'`][^\"'`\s]*[\w-]/?[\"'`]"),
        word=routes.last_part,
        needs_scope=True,
    ),
    Kind(
        NameKind.ENDPOINT,
        "named",
        "linked to",
        endpoints.mentions,
        paths=_PYTHON,
        hint=re.compile(r"\bdef \w|\bendpoint\b|\bname\s*=|add_url_rule"),
        word=endpoints.last_part,
    ),
    Kind(
        NameKind.SETTING,
        "read",
        "set",
        tags.mentions,
        paths=_STRUCTURES,
        hint=re.compile(r"`|\w[;,)]"),
        renamed_only=True,
        needs_scope=True,
    ),
    Kind(
        NameKind.METHOD,
        "defined",
        "named",
        ruby_methods.mentions,
        paths=_RUBY,
        hint=re.compile(r"\bdef \w"),
        word=ruby_methods.word,
        renamed_only=True,
        needs_scope=True,
    ),
    Kind(
        NameKind.DOTTED_PATH,
        "defined",
        "named",
        dotted_paths.mentions,
        paths=_PYTHON,
        hint=re.compile(r"^(?:async )?(?:def|class) |^\w+\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE),
        word=dotted_paths.last_part,
        needs_scope=True,
    ),
    Kind(
        NameKind.TASK,
        "registered",
        "sent",
        tasks.mentions,
        paths=_PYTHON,
        hint=re.compile(r"\bname\s*="),
        may_offer=tasks.occurs_otherwise,
        renamed_only=True,
    ),
    Kind(
        NameKind.BEAN,
        "named",
        "wanted",
        beans.mentions,
        paths=re.compile(r"\.(?:java|kt)$"),
        hint=re.compile(r"@\w+\("),
        may_offer=beans.occurs_otherwise,
        renamed_only=True,
        bare=True,
    ),
    Kind(
        NameKind.SCRIPT,
        "defined",
        "run",
        package_scripts.mentions,
        paths=re.compile(r"(?:^|/)package\.json$"),
        hint=_KEY,
        bare=True,
    ),
)

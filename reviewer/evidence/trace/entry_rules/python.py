"""What Python frameworks call: Flask, FastAPI, Django, click, typer, Celery, pytest, unittest and their likes."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import ANY_ROUTE, ROUTE, VERB, WHAT, DefinitionRule, UseRule

_TEST_FILE = r"(?:^|/)(?:test_[^/]*|[^/]*_tests?|tests?)\.py$|(?:^|/)tests?/.*\.py$"

DEFINITIONS = (
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {route}",
        decorator=rf"@(?!mock\b)[\w.]+\.(?:route|(?P<verb>{VERB}|websocket)|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?"
        rf"{ROUTE}(?:[\s\S]*?methods\s*=\s*[\[({{](?P<methods>[^\])}}]*))?",
    ),
    DefinitionRule(EntrySort.ROUTE, "{route}", decorator=rf"@(?:route|re_path|path)\(\s*{ANY_ROUTE}"),
    DefinitionRule(EntrySort.ROUTE, "{verb} {name}", decorator=r"@api_view\(\s*\[(?P<methods>[^\]]*)\]"),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {owner}.{name}",
        decorator=r"@(?:\w+\.)*action\([\s\S]*?(?:detail|methods)\s*=(?:[\s\S]*?methods\s*=\s*\[(?P<methods>[^\]]*))?",
        owner=r"ViewSet",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {owner}",
        name=rf"(?P<verb>{VERB})",
        owner=r"class\s+\w+\s*\([^)]*(?:View|ViewSet|Resource|HTTPEndpoint|RequestHandler)\b",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} {owner}",
        name="list|create|retrieve|update|partial_update|destroy",
        owner=r"class\s+\w+\s*\([^)]*ViewSet\b",
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{what}",
        decorator=rf"@[\w.]+\.(?:command|group)\(\s*(?:name\s*=\s*)?{WHAT}",
    ),
    DefinitionRule(
        EntrySort.COMMAND, "{command}", decorator=r"@(?:[\w.]+\.(?:command|group)|nox\.session)\b"
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "manage.py {stem}",
        name="handle",
        path=r"(?:^|/)management/commands/[^_/][^/]*\.py$",
        owner=r"class\s+Command\b",
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{name}",
        decorator=r"@(?:(?:\w+\.)*(?:shared_task|periodic_task|actor)|(?:app|celery|celery_app|huey|\w+_app)\.task)\b",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=r"@(?:\w+\.)*(?:receiver|listens_for|on_event|errorhandler|exception_handler)\(\s*\[?(?P<what>[^)\n]*)",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=r"@[\w.]+\.(?P<what>(?:before|after|teardown)_(?:app_)?(?:request|appcontext)|(?:app_)?context_processor)\b",
    ),
    DefinitionRule(EntrySort.EVENT, "hook {what}", decorator=rf"@hooks\.register\(\s*{WHAT}"),
    DefinitionRule(
        EntrySort.EVENT,
        "lambda {name}",
        name="handler|lambda_handler",
        head=r"\(\s*_?event\b[^,]*,\s*_?context\b",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.TEST, "{name}", decorator=r"@pytest(?:_asyncio)?\.fixture\([\s\S]*?\bautouse\s*=\s*True\b"
    ),
    DefinitionRule(EntrySort.TEST, "{name}", name=r"test_\w+", path=_TEST_FILE, at_top=True),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name=r"test\w*|setUp\w*|tearDown\w*|setup_(?:method|class)|teardown_(?:method|class)",
        path=_TEST_FILE,
        owner=r"class\s+\w*(?:Test|TestCase|Tests|Case|Mixin)\w*\b",
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name=r"test\w*|setUp\w*|tearDown\w*",
        owner=r"class\s+\w+\s*\([^)]*TestCase\b",
    ),
    DefinitionRule(
        EntrySort.MAIN,
        "python {path}",
        at_top=True,
        file=r"""(?m)^if __name__ == ["']__main__["']:(?:.*\bNAME\(|.*\n(?:(?:[ \t].*)?\n){0,40}?[ \t].*\bNAME\()""",
    ),
)

USES = (
    UseRule(
        EntrySort.ROUTE,
        "{route}",
        callee=r"(?<![\w.])(?:path|re_path|url)",
        arguments=rf"\s*{ANY_ROUTE}\s*,",
        file=r"from django\.(?:conf\.)?urls(?:\.conf)? import",
    ),
    UseRule(
        EntrySort.ROUTE,
        "{route}",
        callee=r"\.(?:add_url_rule|add_route|add_api_route|add_(?:get|post|put|patch|delete))|(?<![\w.])(?:Route|WebSocketRoute)",
        arguments=rf"\s*(?:path\s*=\s*)?{ROUTE}\s*,",
    ),
    UseRule(
        EntrySort.ROUTE,
        "{route}",
        callee=r"\w*router\.register",
        arguments=rf"\s*{ANY_ROUTE}\s*,",
    ),
    UseRule(
        EntrySort.COMMAND,
        "{what}",
        line=r"\.set_defaults\(.*\b(?:func|handler|command|cmd|run|main|fn|callback)\s*=\s*(?:\w+\.)*NAME\b",
        near=rf"\.add_parser\(\s*{WHAT}",
    ),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        callee=r"(?<![\w.])(?P<what>(?:\w+\.)*(?:pre|post|m2m|request|got|setting|user|task|worker|page|before|after)_\w+|\w+_signal|atexit|signal)\.(?:connect|register|signal)",
        arguments=r"(?:\s*\w+\s*,)?\s*(?:receiver\s*=\s*)?(?:\w+\.)*NAME\b",
    ),
    UseRule(EntrySort.MAIN, "python {path}", block=r"""if __name__ == ["']__main__["']:"""),
)

"""What Python frameworks call: Flask, FastAPI, Django, click, typer, Celery, pytest, unittest and their likes."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import ANY_ROUTE, ROUTE, VERB, WHAT, DefinitionRule, UseRule

_TEST_FILE = r"(?:^|/)(?:test_[^/]*|[^/]*_tests?|tests?)\.py$|(?:^|/)tests?/.*\.py$"

_WEB = (
    r"flask(?:_\w+)?|fastapi(?:_\w+)?|quart(?:_\w+)?|starlette|sanic\w*|bottle|aiohttp|falcon|litestar|blacksheep|ninja|apiflask"
    r"|connexion|robyn|pyramid|tornado|chalice|microdot|emmett|morepath"
)
_VIEWS = rf"{_WEB}|django|rest_framework\w*|wagtail"
_COMMANDS = (
    r"click(?:_\w+)?|typer|asyncclick|rich_click|flask(?:_\w+)?|quart(?:_\w+)?|invoke|nox|cyclopts|cleo|doit"
)
_QUEUES = r"celery|dramatiq|huey|taskiq|arq|procrastinate|rq|faust|django\.tasks|django_tasks|django_\w+"
_BASE = r"class\s+\w+\s*\([^)]*?(?P<base>[\w.]*{})\b"
ALL = r"""(?m)^__all__\s*(?::[^=\n]*)?\+?=\s*[\[(][^\])]*["']NAME["']"""
"""The list of what a module offers, up to `NAME`."""

DEFINITIONS = (
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {route}",
        decorator=rf"@(?!mock\b)[\w.]+\.(?:route|(?P<verb>{VERB}|websocket)|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?"
        rf"{ROUTE}(?:[\s\S]*?methods\s*=\s*[\[({{](?P<methods>[^\])}}]*))?",
        source=_WEB,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{route}",
        decorator=rf"@(?:route|re_path|path)\(\s*{ANY_ROUTE}",
        source=rf"{_VIEWS}|pyramid|bottle",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {name}",
        decorator=r"@api_view\(\s*\[(?P<methods>[^\]]*)\]",
        source="rest_framework",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {owner}.{name}",
        decorator=r"@(?:\w+\.)*action\([\s\S]*?(?:detail|methods)\s*=(?:[\s\S]*?methods\s*=\s*\[(?P<methods>[^\]]*))?",
        owner=r"ViewSet",
        source="rest_framework",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {owner}",
        name=rf"(?P<verb>{VERB})",
        owner=_BASE.format("(?:View|ViewSet|Resource|HTTPEndpoint|RequestHandler)"),
        source=_VIEWS,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} {owner}",
        name="list|create|retrieve|update|partial_update|destroy",
        owner=_BASE.format("ViewSet"),
        source=rf"{_VIEWS}|rest_framework",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "WSGI {owner}",
        name="__call__|application|app",
        head=r"def \w+\s*\(\s*(?:self\s*,\s*)?environ\b[^,)]*,\s*start_response\b",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "ASGI {owner}",
        name="__call__|application|app",
        head=r"async def \w+\s*\(\s*(?:self\s*,\s*)?scope\b[^,)]*,\s*receive\b[^,)]*,\s*send\b",
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{what}",
        decorator=rf"@[\w.]+\.(?:command|group)\(\s*(?:name\s*=\s*)?{WHAT}",
        source=_COMMANDS,
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{command}",
        decorator=r"@(?:[\w.]+\.(?:command|group|callback)|nox\.session|(?:command|group|task)(?=\s*(?:\(|$)))",
        source=_COMMANDS,
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
        source=_QUEUES,
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{name}",
        decorator=r"@(?:\w+\.)*(?:scheduled_job|repeat_every|db_periodic_task|on_after_configure\.connect)\b",
        source=rf"apscheduler|fastapi_utils|{_QUEUES}",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=r"@(?:\w+\.)*(?:receiver|listens_for|on_event|errorhandler|exception_handler)\(\s*\[?(?P<what>[^)\n]*)",
        source=rf"django\.dispatch|django|sqlalchemy\w*|blinker|{_WEB}",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=r"@[\w.]+\.(?P<what>(?:before|after|teardown)_(?:app_)?(?:request|appcontext)|(?:app_)?context_processor)\b",
        source=_WEB,
    ),
    DefinitionRule(
        EntrySort.EVENT, "hook {what}", decorator=rf"@hooks\.register\(\s*{WHAT}", source="wagtail"
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "template {name}",
        decorator=r"@register\.(?:simple_tag|inclusion_tag|simple_block_tag|tag|filter)\b",
        path=r"(?:^|/)templatetags/",
        source="django",
    ),
    DefinitionRule(
        EntrySort.EVENT, "{owner}.ready", name="ready", owner=_BASE.format("AppConfig"), source="django"
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "middleware {owner}",
        name="__call__|process_(?:request|view|response|exception|template_response)",
        head=r"\(\s*self\s*,\s*request\b",
        owner=r"class\s+\w*Middleware\b",
    ),
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
    DefinitionRule(EntrySort.TEST, "{name}", name=r"pytest_\w+", path=r"(?:^|/)conftest\.py$", at_top=True),
    DefinitionRule(
        EntrySort.TEST,
        "{name}",
        name=r"test_\w+|(?:setup|teardown)_(?:module|function)|(?:setUp|tearDown)Module",
        path=_TEST_FILE,
        at_top=True,
    ),
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
    DefinitionRule(
        EntrySort.EXPORT,
        "{name} of {path}",
        at_top=True,
        file=ALL,
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
    UseRule(
        EntrySort.JOB,
        "{what}",
        callee=r"\.add_job",
        arguments=r"\s*(?:func\s*=\s*)?(?P<what>(?:\w+\.)*NAME)\b",
        file=r"\bapscheduler\b",
    ),
    UseRule(
        EntrySort.JOB,
        "migration {path}",
        callee=r"\bRunPython",
        path=r"(?:^|/)migrations/",
        file=r"\bdjango\b",
    ),
    UseRule(EntrySort.MAIN, "python {path}", block=r"""if __name__ == ["']__main__["']:"""),
)

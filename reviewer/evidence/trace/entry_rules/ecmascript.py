"""What JavaScript and TypeScript frameworks call: Express, Next.js, NestJS, test runners, event emitters."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import ANY_ROUTE, ROUTE, VERB, WHAT, DefinitionRule, UseRule

_JS_RECEIVER = r"(?<![\w.$])(?:this\.)?(?:\w*[rR]outer|\w*[aA]pp|server|fastify|routes?)"

DEFINITIONS = (
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} {file_route}",
        name="GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS",
        path=r"(?:^|/)app/(?:.*/)?route\.[cm]?[jt]sx?$|(?:^|/)\+server\.[jt]s$",
        head=r"\bexport\b",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{file_route}",
        path=r"(?:^|/)app/(?:.*/)?page\.[jt]sx?$|(?:^|/)pages/api/.*\.[cm]?[jt]sx?$",
        head=r"\bexport\s+default\b",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{file_route}",
        path=r"(?:^|/)pages/(?!.*_)[^.]+\.[jt]sx?$",
        head=r"\bexport\s+default\b",
        file=r"""\bget(?:ServerSide|Static|Initial)Props\b|from ["']next(?:/[\w/]+)?["']""",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=rf"@(?P<verb>(?i:{VERB})|All)\(\s*(?:{ANY_ROUTE})?\s*\)",
        owner=r"@(?:Rest|Json)?Controller\b",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{kind} {name}",
        decorator=r"@(?P<kind>Query|Mutation|Subscription|ResolveField)\(",
        owner=r"@Resolver\b",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=rf"@(?:MessagePattern|EventPattern|OnEvent|SubscribeMessage|HostListener)\(\s*{WHAT}",
    ),
    DefinitionRule(
        EntrySort.JOB, "{owner}.{name}", decorator=r"@(?:Cron|Interval|Timeout|Process)\(", owner=r"@\w+\("
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "lambda {name}",
        name="handler",
        head=r"\bexport\b.*\(\s*(?:\{|_?event\b)",
        at_top=True,
        file=r"\bAPIGateway\w*|aws-lambda|@aws-sdk|\bstatusCode\b",
    ),
)

USES = (
    UseRule(
        EntrySort.ROUTE,
        "{verb} {route}",
        callee=rf"{_JS_RECEIVER}\.(?P<verb>{VERB}|all|use)",
        arguments=rf"\s*{ROUTE}\s*,",
    ),
    UseRule(
        EntrySort.TEST,
        "{what}",
        callee=r"(?<![\w.$])(?:it|test|specify)(?:\.(?:only|skip|concurrent|failing|todo))?(?:\.each\([^()]*\))?",
        arguments=rf"\s*{WHAT}\s*,",
    ),
    UseRule(
        EntrySort.TEST,
        "{hook}",
        callee=r"(?<![\w.$])(?P<hook>beforeEach|afterEach|beforeAll|afterAll)",
    ),
    UseRule(
        EntrySort.TEST,
        "{what}",
        callee=r"(?<![\w.$])describe(?:\.(?:only|skip))?",
        arguments=rf"\s*{WHAT}\s*,",
    ),
    UseRule(
        EntrySort.COMMAND,
        "{what}",
        callee=r"\.action",
        near=rf"\.command\(\s*{WHAT}",
        file=r"""\bcommander\b|\bcac\b|\bcommandpost\b|@caporal""",
    ),
    UseRule(EntrySort.EVENT, "{what}", callee=r"\.addEventListener", arguments=rf"\s*{WHAT}\s*,"),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        callee=r"(?<![\w$])\w+\.(?:on|once|addListener|prependListener)",
        arguments=rf"\s*{WHAT}\s*,",
    ),
)

"""What JavaScript and TypeScript frameworks call: Express, Next.js, NestJS, test runners, event emitters."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import ANY_ROUTE, ROUTE, VERB, WHAT, DefinitionRule, UseRule

_NEST = r"@nestjs"
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
        source=rf"{_NEST}|routing-controllers|@tsed|tsoa|inversify-express-utils",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{kind} {name}",
        decorator=r"@(?P<kind>Query|Mutation|Subscription|ResolveField)\(",
        owner=r"@Resolver\b",
        source=rf"{_NEST}|type-graphql",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{what}",
        decorator=rf"@(?:MessagePattern|EventPattern|OnEvent|SubscribeMessage|HostListener)\(\s*{WHAT}",
        source=rf"{_NEST}|@angular",
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{owner}.{name}",
        decorator=r"@(?:Cron|Interval|Timeout|Process)\(",
        owner=r"@\w+\(",
        source=_NEST,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} {file_route}",
        name="getServerSideProps|getStaticProps|getStaticPaths",
        path=r"(?:^|/)pages/(?!.*_)[^.]+\.[jt]sx?$",
        head=r"\bexport\b",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} {file_route}",
        name="load|actions|loader|action",
        path=r"(?:^|/)\+(?:page|layout)(?:\.server)?\.[jt]s$|(?:^|/)app/routes/.*\.[jt]sx?$",
        head=r"\bexport\b",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} of {folder}",
        name="middleware|proxy",
        path=r"(?:^|/)(?:middleware|proxy)\.[jt]s$",
        head=r"\bexport\b",
        at_top=True,
        file=r"""from ["']next/server["']""",
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
    UseRule(
        EntrySort.COMMAND,
        "{what}",
        callee=r"\.command",
        arguments=rf"\s*\[?{WHAT}\s*,",
        file=r"\byargs\b",
    ),
    UseRule(
        EntrySort.JOB,
        "{what}",
        callee=r"\bcron\.schedule|\bnew CronJob|\bschedule\.scheduleJob",
        arguments=rf"\s*{WHAT}\s*,",
        file=r"\bcron\b|\bnode-schedule\b",
    ),
    UseRule(
        EntrySort.JOB,
        "{what}",
        callee=r"\bnew Worker(?:<[^()]*>)?",
        arguments=rf"\s*{WHAT}\s*,",
        file=r"""["']bullmq["']""",
    ),
    UseRule(EntrySort.EVENT, "{what}", callee=r"\.addEventListener", arguments=rf"\s*{WHAT}\s*,"),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        callee=r"(?<![\w$])\w+\.(?:on|once|addListener|prependListener)",
        arguments=rf"\s*{WHAT}\s*,",
    ),
)

"""What Java frameworks call: JUnit, Spring, JAX-RS, servlets, Quartz."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import DefinitionRule

_JAVA_MAPPING = r"""\(\s*(?:\{\s*)?(?:[\s\S]*?\b(?:value|path)\s*=\s*\{?\s*)?"(?P<route>[^"]*)\""""
_NO_CLIENT = r"@FeignClient|@HttpExchange|@RegisterRestClient"

DEFINITIONS = (
    DefinitionRule(
        EntrySort.MAIN,
        "{owner}.main",
        name="main",
        head=r"\bstatic\s+(?:final\s+)?void\s+main\s*\(\s*(?:final\s+)?String\b",
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        decorator=r"@(?:[\w.]+\.)?(?:\w*Test|TestFactory|TestTemplate|Property"
        r"|Before|After|Before(?:Each|All|Class|Method)|After(?:Each|All|Class|Method))\b",
        head=r"\w+\s*\(",
        path=r"(?:^|/)(?:\w*[tT]est\w*|testFixtures)/|Tests?\.java$|IT\.java$",
        unless=r"@Aspect\b",
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name=r"test\w*",
        head=r"\bpublic\s+void\b",
        owner=r"\bextends\s+\w*TestCase\b",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=rf"@(?P<verb>Get|Post|Put|Patch|Delete)Mapping\b(?:{_JAVA_MAPPING})?",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=rf"@RequestMapping\b(?=[\s\S]*?\bmethod\s*=\s*\{{?\s*(?:RequestMethod\.)?(?P<verb>[A-Z]+))(?:{_JAVA_MAPPING})?",
        head=r"\w+\s*\(",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "ANY {at}",
        decorator=rf"@RequestMapping\b(?:{_JAVA_MAPPING})?",
        head=r"\w+\s*\(",
        owner=r"\S",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=r"@(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b(?!\s*\()",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {owner}",
        name="do(?P<verb>Get|Post|Put|Patch|Delete|Head|Options)",
        head=r"\bHttpServletRequest\b",
        owner=r"\bextends\b",
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{name} {what}",
        decorator=r"@(?:Scheduled|Schedules)\b(?:\(\s*(?P<what>[^)\n]*))?",
    ),
    DefinitionRule(EntrySort.JOB, "{owner}", name="execute", head=r"\(\s*(?:final\s+)?JobExecutionContext\b"),
    DefinitionRule(
        EntrySort.EVENT,
        "{kind} {name}",
        decorator=r"@(?P<kind>EventListener|TransactionalEventListener|KafkaListener|RabbitListener|JmsListener"
        r"|SqsListener|MessageMapping|SubscribeMapping|ExceptionHandler|PostConstruct|PreDestroy|Bean)\b",
        head=r"\w+\s*\(",
    ),
)

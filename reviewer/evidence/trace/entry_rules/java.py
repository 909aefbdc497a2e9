"""What Java frameworks call: JUnit, Spring, JAX-RS, servlets, Quartz."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import DefinitionRule

_JAVA_MAPPING = r"""\(\s*(?:\{\s*)?(?:[\s\S]*?\b(?:value|path)\s*=\s*\{?\s*)?"(?P<route>[^"]*)\""""
_SPRING = r"org\.springframework"
_REST = r"(?:jakarta|javax)\.ws\.rs"
_BASE = r"\b(?:extends|implements)\b[^{{]*?\b(?P<base>{})\b"
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
        source=_SPRING,
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=rf"@RequestMapping\b(?=[\s\S]*?\bmethod\s*=\s*\{{?\s*(?:RequestMethod\.)?(?P<verb>[A-Z]+))(?:{_JAVA_MAPPING})?",
        source=_SPRING,
        head=r"\w+\s*\(",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "ANY {at}",
        decorator=rf"@RequestMapping\b(?:{_JAVA_MAPPING})?",
        source=_SPRING,
        head=r"\w+\s*\(",
        owner=r"\S",
        unless=_NO_CLIENT,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{verb} {at}",
        decorator=r"@(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b(?!\s*\()",
        source=_REST,
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
        source=rf"{_SPRING}|(?:jakarta|javax)\.ejb|io\.(?:micronaut|quarkus)",
    ),
    DefinitionRule(EntrySort.JOB, "{owner}", name="execute", head=r"\(\s*(?:final\s+)?JobExecutionContext\b"),
    DefinitionRule(
        EntrySort.EVENT,
        "{kind} {name}",
        decorator=r"@(?P<kind>EventListener|TransactionalEventListener|KafkaListener|RabbitListener|JmsListener"
        r"|SqsListener|MessageMapping|SubscribeMapping|ExceptionHandler|PostConstruct|PreDestroy|Bean)\b",
        head=r"\w+\s*\(",
        source=rf"{_SPRING}|io\.(?:awspring|micronaut|quarkus)|(?:jakarta|javax)\.(?:annotation|ejb)",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{name} of {owner}",
        name="doFilter(?:Internal)?|preHandle|postHandle|afterCompletion|service",
        head=r"\b(?:Http)?Servlet(?:Request|Response)\b|\bServerWebExchange\b",
        owner=_BASE.format(r"\w*Filter|\w*Interceptor|\w*Servlet"),
        path=r"^(?!.*src/test/)",
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{name} of {owner}",
        name="onApplicationEvent|contextInitialized|contextDestroyed|requestInitialized|requestDestroyed",
        owner=_BASE.format(r"(?:Smart|Generic)?ApplicationListener|\w*Servlet\w*Listener"),
        source=rf"{_SPRING}|(?:jakarta|javax)\.servlet",
    ),
    DefinitionRule(
        EntrySort.MAIN,
        "{name} of {owner}",
        name="run",
        owner=_BASE.format("CommandLineRunner|ApplicationRunner"),
        source=_SPRING,
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{owner}",
        name="run|call",
        owner=r"@(?:CommandLine\.)?Command\b[\s\S]*?\bimplements\b[^{]*\b(?:Runnable|Callable)\b",
        file=r"\bpicocli\b",
    ),
)

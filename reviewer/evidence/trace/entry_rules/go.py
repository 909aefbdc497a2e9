"""What Go programs and frameworks call: main and init, tests, net/http, gin, echo, chi, gofr, cobra."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import DefinitionRule, UseRule

_PATH = r"""(?P<mark>["`])(?P<route>(?:[A-Z]+ )?/(?:(?!(?P=mark)).){0,300}|)(?P=mark)\s*,"""

DEFINITIONS = (
    DefinitionRule(
        EntrySort.MAIN,
        "main of {folder}",
        name="main",
        path=r"(?<!_test)\.go$",
        head=r"func main\(\s*\)",
        at_top=True,
        file=r"(?m)^package main\b",
    ),
    DefinitionRule(
        EntrySort.MAIN, "init of {folder}", name="init", head=r"func init\(\s*\)", at_top=True, path=r"\.go$"
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{name}",
        name=r"(?:Test|Benchmark|Fuzz)(?:[^a-z].*)?",
        path=r"_test\.go$",
        head=r"\(\s*(?:\w+\s+)?\*testing\.[TBFM]\s*\)",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{name}",
        name=r"Example(?:[^a-z].*)?",
        path=r"_test\.go$",
        head=r"func \w+\(\s*\)\s*\{",
        at_top=True,
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name=r"Test[^a-z].*",
        path=r"_test\.go$",
        head=r"^func \([^)]+\) \w+\(\s*(?:\w+ \*(?:testing\.T|check\.C|C)\s*)?\)\s*\{",
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "{owner}",
        name="ServeHTTP",
        head=r"\(\s*\w+ http\.ResponseWriter\s*,\s*\w+ \*http\.Request\s*\)",
        path=r"(?<!_test)\.go$",
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{owner}",
        name="Run",
        head=r"^func \(\w* ?\*?\w+\) Run\(\s*\w+ \[\]string\s*\) int\b",
        path=r"(?<!_test)\.go$",
    ),
)

USES = (
    UseRule(
        EntrySort.ROUTE,
        "{verb} {route}",
        callee=r"(?:\.|\bNew(?=\w+Route))(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Get|Post|Put|Patch|Delete|Head|Options)(?:Route)?",
        arguments=rf"\s*{_PATH}",
        path=r"(?<!_test)\.go$",
    ),
    UseRule(
        EntrySort.ROUTE,
        "{route}",
        callee=r"\.(?:HandleFunc|Handle)",
        arguments=rf"\s*{_PATH}",
        path=r"(?<!_test)\.go$",
    ),
    UseRule(EntrySort.COMMAND, "{what}", callee=r"\.SubCommand", arguments=r'\s*"(?P<what>[^"]*)"\s*,'),
    UseRule(EntrySort.EVENT, "{what}", callee=r"\.Subscribe", arguments=r'\s*"(?P<what>[^"]*)"\s*,'),
    UseRule(EntrySort.JOB, "{what}", callee=r"\.AddCronJob|\.AddFunc", arguments=r'\s*"(?P<what>[^"]*)"\s*,'),
    UseRule(
        EntrySort.COMMAND,
        "{what}",
        line=r"\b(?:Persistent)?(?:Pre|Post)?Run(?:E)?:\s*(?:\w+\.)*NAME\b(?:\([\w, ]*\))?,?",
        near=r'(?m)^\s*Use:\s*"(?P<what>[^"]*)"',
        file=r"cobra\.Command\b",
    ),
    UseRule(
        EntrySort.COMMAND,
        "{what}",
        line=r"\bAction:\s*(?:\w+\.)*NAME\b(?!\()",
        near=r'(?m)^\s*Name:\s*"(?P<what>[^"]*)"',
        file=r"cli\.(?:Command|App)\b",
    ),
    UseRule(EntrySort.EVENT, "lambda", callee=r"\blambda\.Start"),
    UseRule(
        EntrySort.ROUTE, "every request", callee=r"\b(?:http\.)?ListenAndServe(?:TLS)?", file=r'"net/http"'
    ),
    UseRule(
        EntrySort.ROUTE,
        "{what}",
        callee=r"\.Register(?P<what>\w+)Server",
        file=r'"google\.golang\.org/grpc"',
        path=r"(?<!_test)\.go$",
    ),
    UseRule(
        EntrySort.TEST,
        "{what}",
        callee=r"\b[tb]\.Run",
        arguments=r'\s*"(?P<what>[^"]*)"\s*,',
        path=r"_test\.go$",
    ),
)

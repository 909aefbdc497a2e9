"""What Ruby frameworks call: Rails, Sidekiq, minitest, RSpec, rake, Thor, Sinatra."""

from reviewer.domain.entry_point import EntrySort
from reviewer.evidence.trace.entry_rules.row import ROUTE, WHAT, DefinitionRule, UseRule

DEFINITIONS = (
    DefinitionRule(
        EntrySort.ROUTE,
        "{stem}#{name}",
        name=r"[a-z]\w*",
        path=r"(?:^|/)app/controllers/(?!.*concerns/)(?:.*/)?(?!application_)\w+_controller\.rb$",
        owner=r"\bclass\s+[\w:]*Controller\b",
        is_action=True,
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{owner}",
        name="perform",
        path=r"(?:^|/)app/(?:jobs|workers|sidekiq)/",
    ),
    DefinitionRule(
        EntrySort.JOB,
        "{owner}",
        name="perform",
        owner=r"include\s+Sidekiq::(?:Job|Worker)\b|<\s*(?:ApplicationJob|ActiveJob::Base)\b",
    ),
    DefinitionRule(
        EntrySort.JOB,
        "mail {owner}.{name}",
        name=r"[a-z]\w*",
        path=r"(?:^|/)app/mailers/(?!.*concerns/)",
        owner=r"\bclass\s+\S+\s*<\s*\S*Mailer\b|<\s*ActionMailer::Base\b",
        is_action=True,
    ),
    DefinitionRule(
        EntrySort.EVENT,
        "{owner}.{name}",
        name=r"[a-z]\w*",
        path=r"(?:^|/)app/channels/(?!.*concerns/)",
        owner=r"<\s*\S*Channel(?:::Base)?\b",
        is_action=True,
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "generate {stem}",
        name=r"[a-z]\w*",
        path=r"(?:^|/)generators/(?:.*/)?\w+_generator\.rb$",
        owner=r"\bclass\s+\w+Generator\s*<",
        is_action=True,
    ),
    DefinitionRule(
        EntrySort.ROUTE,
        "Rack {owner}",
        name="call!?",
        head=r"def (?:self\.)?call\s*[( ]\s*_?env\s*\)?\s*(?:\n|$)",
        path=r"^(?!.*(?:_test|_spec)\.rb$)(?!(?:.*/)?(?:test|spec)/)",
        file=r"\b[Rr]ack\b|@app\.call\(|PATH_INFO|REQUEST_METHOD",
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "migration {stem}",
        name="change|up|down",
        path=r"(?:^|/)db/(?:\w*_)?migrate/",
        owner=r"<\s*ActiveRecord::Migration\b",
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name=r"test_\w+[?!]?",
        path=r"(?:_test|(?:^|/)test_[^/]*)\.rb$|(?:^|/)test/.*\.rb$",
        owner=r"\b(?:class|module)\b",
    ),
    DefinitionRule(
        EntrySort.TEST,
        "{owner}.{name}",
        name="setup|teardown",
        path=r"(?:_test|(?:^|/)test_[^/]*)\.rb$",
        owner=r"\bclass\s+\S+\s*<\s*\S*(?:Test|TestCase|Spec)\b",
    ),
    DefinitionRule(
        EntrySort.COMMAND,
        "{what}",
        owner=r"<\s*(?:\S*Thor\b|Rails::Command::Base\b)",
        above=rf"\bdesc\b[\s(]+{WHAT}(?![\s\S]*\bdef\b)",
        is_action=True,
    ),
)

USES = (
    UseRule(
        EntrySort.TEST,
        "{what}",
        block=rf"(?:it|test|specify|scenario|should)[ (]\s*{WHAT}.*\bdo\b",
        path=r"(?:_test|_spec)\.rb$|(?:^|/)(?:test|spec)/",
    ),
    UseRule(
        EntrySort.TEST,
        "{name}",
        block=r"def (?P<name>test_\w+|setup|teardown)\b",
        path=r"(?:_test|(?:^|/)test_[^/]*)\.rb$",
    ),
    UseRule(
        EntrySort.TEST,
        "{what}",
        block=r"(?P<what>setup|teardown|before|after)\b.*\bdo\b",
        path=r"(?:_test|_spec)\.rb$",
    ),
    UseRule(
        EntrySort.TEST,
        "{what}",
        block=rf"(?:RSpec\.)?(?:describe|context|feature)[ (]\s*{WHAT}.*\bdo\b",
        path=r"(?:_test|_spec)\.rb$|(?:^|/)spec/",
    ),
    UseRule(
        EntrySort.COMMAND,
        "rake {what}",
        block=r"""task[ (]\s*(?:(?P<what>\w+):|[:"'](?P<name>[\w:]+)).*\bdo\b""",
        path=r"\.rake$|(?:^|/)Rakefile$",
    ),
    UseRule(
        EntrySort.EVENT,
        "{kind} {what}",
        block=r"""(?P<kind>initializer)[ (]\s*[:"'](?P<what>[\w.:-]+).*\bdo\b""",
        file=r"<\s*(?:::)?Rails::(?:Engine|Railtie|Application)\b",
    ),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        block=r"(?:config|ActiveSupport)\.(?P<what>to_prepare|(?:after|before)_initialize|on_load\b.*?)\s*do\b",
    ),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        block=rf"(?:ActiveSupport::)?Notifications\.subscribe[ (]\s*{WHAT}.*\bdo\b",
    ),
    UseRule(
        EntrySort.ROUTE,
        "{verb} {route}",
        block=rf"(?P<verb>get|post|put|patch|delete)\s*\(?\s*{ROUTE}.*\bdo\b",
        path=r"^(?!.*(?:_test|_spec)\.rb$)(?!.*(?:^|/)config/).*\.rb$",
    ),
    UseRule(
        EntrySort.EVENT,
        "{what}",
        line=r"^\s*(?P<what>(?:before|after|around)_\w+)\b[ (].*(?<![:\w]):NAME\b(?!::)",
        path=r"(?:^|/)app/",
    ),
    UseRule(
        EntrySort.EVENT,
        "rescue_from {what}",
        line=r"^\s*rescue_from[ (]+(?P<what>[\w:]+).*(?<![:\w]):NAME\b(?!::)",
    ),
)

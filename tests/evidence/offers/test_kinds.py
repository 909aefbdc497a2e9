"""For each kind of name: a reader that is left is told, and what only looks like one is not."""

from collections.abc import Callable
from typing import Any

import pytest

EN = "en:\n  boats:\n    show:\n      {}: Free\n      title: Boat\n"
MESSAGE = {"config/locales/en.yml": EN.format("free")}, {"config/locales/en.yml": EN.format("open")}
JSON_EN = '{{"order": {{"{}": "Paid {{amount}}", "title": "Order"}}}}\n'
JSON_MESSAGE = (
    {"src/locales/en.json": JSON_EN.format("paid")},
    {"src/locales/en.json": JSON_EN.format("done")},
)
FILLED = {"src/locales/en.json": JSON_EN.format("paid").replace("{amount}", "{sum}")}
SETTING = {"app.yml": "mail:\n  sender: a\n  port: 1\n"}, {"app.yml": "mail:\n  from: a\n  port: 1\n"}
TAG = 'package c\n\ntype Radio struct {\n\tChannel int `yaml:"channel"`\n\tEvery   int `yaml:"@@"`\n}\n'
TAGS = {"c.go": TAG.replace("@@", "interval")}, {"c.go": TAG.replace("@@", "pause")}
PROPERTIES = (
    '@ConfigurationProperties(prefix = "mail")\nclass M {\n  private int tries;\n  private String @@;\n}\n'
)
BOUND = {"M.java": PROPERTIES.replace("@@", "senderName")}, {"M.java": PROPERTIES.replace("@@", "author")}
FLAG = {"flags.json": '{"crane_plan": true}\n'}, {"flags.json": '{"crane_lanes": true}\n'}
EVENT = {"a.js": 'bus.emit("order:paid", o);\n'}, {"a.js": 'bus.emit("order:done", o);\n'}
ARGPARSE = 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--{}", type=int)\n'
OPTION = {"bin/sort.py": ARGPARSE.format("jobs")}, {"bin/sort.py": ARGPARSE.format("workers")}
RENAMED = {"db/migrate/1.rb": "def change\n  create_table :slots do |t|\n    t.integer :size\n  end\nend\n"}
COLUMN = RENAMED, {"db/migrate/2.rb": "def change\n  rename_column :slots, :size, :seats\nend\n"}
DROPPED = RENAMED, {"db/2.sql": "ALTER TABLE slots DROP COLUMN size;\n"}
EXPRESS = 'const notes = Router();\nnotes.get("/{}", (q, r) => r.end());\n'
ROUTE = {"notes/router.js": EXPRESS.format("archive")}, {"notes/router.js": EXPRESS.format("export")}
SPRING = '@RequestMapping("/notes")\nclass C {{\n  @GetMapping("/{}")\n  void a() {{}}\n}}\n'
MAPPED = {"C.java": SPRING.format("archive")}, {"C.java": SPRING.format("export")}
FLASK = 'b = Blueprint("exports", __name__)\n\n\n@b.get("/x")\ndef {}():\n    pass\n'
ENDPOINT = {"v.py": FLASK.format("load")}, {"v.py": FLASK.format("fetch")}
DJANGO = 'app_name = "shop"\nurlpatterns = [path("", views.index, name="{}")]\n'
NAMED = {"shop/urls.py": DJANGO.format("home")}, {"shop/urls.py": DJANGO.format("start")}
JOB = {"kiln/jobs.py": "def cool():\n    pass\n"}, {"kiln/jobs.py": "def chill():\n    pass\n"}
CELERY = "@shared_task(name='{}')\ndef ship(n):\n    pass\n"
TASK = {"tasks.py": CELERY.format("post.ship-it")}, {"tasks.py": CELERY.format("post.send-it")}
BEANS = 'class C {{\n  @Bean("{}")\n  Store store() {{ return null; }}\n}}\n'
BEAN = {"C.java": BEANS.format("redStore")}, {"C.java": BEANS.format("oldStore")}
PACKAGE = '{{"scripts": {{"{}": "node a.js", "start": "node b.js"}}}}\n'
SCRIPT = {"package.json": PACKAGE.format("feed:all")}, {"package.json": PACKAGE.format("feed")}
METHOD = (
    {"base.rb": "class Base\n  def clean\n  end\nend\n"},
    {"base.rb": "class Base\n  def tidy\n  end\nend\n"},
)

Change = tuple[dict[str, str], dict[str, str]]

LEFT = [
    pytest.param(MESSAGE, "app/views/boats/show.html.erb", '\n<%= t(".free") %>\n', id="lazy-key"),
    pytest.param(MESSAGE, "app/views/boats/_row.html.erb", '\n<%= t("boats.show.free") %>\n', id="key"),
    pytest.param(MESSAGE, "app/models/a.rb", '\nI18n.t("boats.show.free")\n', id="key-in-ruby"),
    pytest.param(JSON_MESSAGE, "src/a.jsx", '\nconst a = t("order.paid");\n', id="key-in-jsx"),
    pytest.param(
        JSON_MESSAGE, "src/a.tsx", '\nconst a = <Trans i18nKey="order.paid" />;\n', id="key-attribute"
    ),
    pytest.param(
        (JSON_MESSAGE[0], FILLED), "src/a.ts", '\nt("order.paid", { amount: 3 });\n', id="placeholder"
    ),
    pytest.param(SETTING, "A.java", '\nclass A { @Value("${mail.sender}") String a; }\n', id="value"),
    pytest.param(SETTING, "a.py", '\nA = config["mail"]["sender"]\n', id="subscripts"),
    pytest.param(SETTING, "a.go", 'package a\nvar a = viper.GetString("mail.sender")\n', id="viper"),
    pytest.param(SETTING, "a.rb", "\na = Settings.mail.sender\n", id="settings-gem"),
    pytest.param(TAGS, "deploy/a.yaml", "radio:\n  interval: 3\n  channel: 4\n", id="struct-tag"),
    pytest.param(BOUND, "application.yml", "mail:\n  sender-name: a\n", id="bound-field"),
    pytest.param(FLAG, "a.rb", "\nFlipper.enabled?(:crane_plan)\n", id="flag-symbol"),
    pytest.param(FLAG, "a.ts", '\nif (flags.isOn("crane_plan")) {}\n', id="flag-call"),
    pytest.param(EVENT, "b.ts", '\nbus.on("order:paid", () => {});\n', id="event"),
    pytest.param(OPTION, "run.sh", "\npython bin/sort.py --jobs 3\n", id="option-in-a-script"),
    pytest.param(OPTION, "Makefile", "sort:\n\tbin/sort.py --jobs 3\n", id="option-in-a-makefile"),
    pytest.param(OPTION, "README.md", "\nTry `bin/sort.py --jobs 3`.\n", id="option-in-a-manual"),
    pytest.param(COLUMN, "a.py", '\nQ = "SELECT s.size FROM slots s"\n', id="column-by-alias"),
    pytest.param(COLUMN, "a.go", 'package a\nvar q = "SELECT size FROM slots WHERE id = 1"\n', id="column"),
    pytest.param(
        COLUMN,
        "app/models/slot.rb",
        "class Slot < ApplicationRecord\n  scope :a, -> { order(:size) }\nend\n",
        id="column-of-a-model",
    ),
    pytest.param(DROPPED, "a.py", '\nQ = "UPDATE slots SET size = 3"\n', id="dropped-column"),
    pytest.param(ROUTE, "web/a.js", '\nfetch("/api/notes/archive");\n', id="route"),
    pytest.param(MAPPED, "web/a.ts", "\nfetch(`${HOST}/notes/archive`);\n", id="route-of-a-class"),
    pytest.param(
        ENDPOINT, "templates/a.html", "\n<a href=\"{{ url_for('exports.load') }}\">\n", id="endpoint"
    ),
    pytest.param(NAMED, "templates/a.html", "\n<a href=\"{% url 'shop:home' %}\">\n", id="named-address"),
    pytest.param(JOB, "jobs.yaml", "\n- run: kiln.jobs.cool\n", id="dotted-path"),
    pytest.param(JOB, "pyproject.toml", '[project.scripts]\ncool = "kiln.jobs:cool"\n', id="script-entry"),
    pytest.param(METHOD, "a.rb", "class A < Base\n  before_save :clean\nend\n", id="callback"),
    pytest.param(METHOD, "a.rb", "class A < Base\n  validates :a, if: :clean\nend\n", id="condition"),
    pytest.param(TASK, "api.py", '\napp.send_task("post.ship-it", args=[1])\n', id="task"),
    pytest.param(BEAN, "A.java", 'class A {\n  A(@Qualifier("redStore") Store store) {}\n}\n', id="bean"),
    pytest.param(SCRIPT, "deploy/crontab", "\n1 2 * * * cd /srv && npm run feed:all\n", id="script-in-cron"),
    pytest.param(
        SCRIPT, ".github/workflows/a.yml", "a:\n  - run: yarn run feed:all\n", id="script-in-a-workflow"
    ),
]

QUIET = [
    pytest.param(
        TASK,
        {"api.py": 'app.send_task("post.ship-it")\n', "old.py": CELERY.format("post.ship-it")},
        id="task-in-another-file",
    ),
    pytest.param(
        TASK,
        {"api.py": 'app.send_task("post.ship-it")\n', "b.py": 'NAMES = {"post.ship-it": ship}\n'},
        id="task-in-a-table",
    ),
    pytest.param(TASK, {"api.py": '# app.send_task("post.ship-it")\n'}, id="task-in-a-comment"),
    pytest.param(
        BEAN,
        {
            "A.java": 'class A {\n  A(@Qualifier("redStore") Store store) {}\n}\n',
            "D.java": "class D {\n  @Bean\n  Store redStore() { return null; }\n}\n",
        },
        id="bean-by-its-method",
    ),
    pytest.param(
        BEAN,
        {
            "A.java": 'class A {\n  A(@Qualifier("redStore") Store store) {}\n}\n',
            "beans.xml": '<beans>\n  <bean id="redStore" class="x.Store"/>\n</beans>\n',
        },
        id="bean-in-xml",
    ),
    pytest.param(
        BEAN,
        {"D.java": 'class D {\n  @Qualifier("redStore")\n  @Bean\n  Store a() { return null; }\n}\n'},
        id="qualifier-of-a-producer",
    ),
    pytest.param(
        SCRIPT,
        {"crontab": "npm run feed:all\n", "web/package.json": PACKAGE.format("feed:all")},
        id="script-of-another-package",
    ),
    pytest.param(SCRIPT, {"crontab": "npm run feed:all --if-present\n"}, id="script-if-there-is-one"),
    pytest.param(SCRIPT, {"crontab": "npm run feed:all-now\n"}, id="script-with-a-longer-name"),
    pytest.param(SCRIPT, {"make.js": 'console.log("Now: npm run feed:all");\n'}, id="script-that-is-printed"),
    pytest.param(
        MESSAGE, {"app/views/crews/show.html.erb": '<%= t(".free") %>\n'}, id="lazy-key-of-another-view"
    ),
    pytest.param(MESSAGE, {"a.rb": 'I18n.t("boats.show.free", default: "Free")\n'}, id="key-with-a-default"),
    pytest.param(
        MESSAGE,
        {"a.rb": 'I18n.t("boats.show.free")\n', "config/locales/x.en.yml": EN.format("free")},
        id="key-in-another-file",
    ),
    pytest.param(
        MESSAGE,
        {
            "a.rb": 'I18n.t("boats.show.free")\n',
            "config/locales/de.yml": "de:\n  boats:\n    show:\n      free: Frei\n",
        },
        id="key-in-another-language",
    ),
    pytest.param(MESSAGE, {"a.rb": '# I18n.t("boats.show.free")\n'}, id="key-in-a-comment"),
    pytest.param(MESSAGE, {"spec/a_spec.rb": 'I18n.t("boats.show.free")\n'}, id="key-in-a-test"),
    pytest.param(MESSAGE, {"a.rb": 'I18n.t("boats.show.#{name}")\n'}, id="key-built-as-it-runs"),
    pytest.param(JSON_MESSAGE, {"src/a.js": 't("order.paid", "Paid");\n'}, id="key-with-a-default-text"),
    pytest.param(JSON_MESSAGE, {"src/a.js": 'socket.on("order.paid", f);\n'}, id="event-of-the-same-name"),
    pytest.param(
        (JSON_MESSAGE[0], FILLED),
        {"src/a.ts": 't("order.title", { amount: 3 });\n'},
        id="placeholder-of-another",
    ),
    pytest.param(
        SETTING, {"A.java": 'class A { @Value("${mail.sender:x}") String a; }\n'}, id="value-with-a-default"
    ),
    pytest.param(
        SETTING, {"A.java": 'class A { @Value("${sms.sender}") String a; }\n'}, id="value-of-another-group"
    ),
    pytest.param(
        SETTING,
        {"a.py": 'A = config["mail"]["sender"]\n', "prod.toml": '[mail]\nsender = "a"\n'},
        id="setting-in-another-file",
    ),
    pytest.param(
        SETTING,
        {"a.py": 'A = config["mail"]["sender"]\n', "b.py": 'D = {"sender": "a"}\n'},
        id="setting-in-code",
    ),
    pytest.param(TAGS, {"a.yaml": "timer:\n  interval: 3\n  colour: 4\n"}, id="key-of-another-structure"),
    pytest.param(
        FLAG,
        {"a.ts": 'flags.isOn("crane_plan");\n', "b.ts": 'const F = { "crane_plan": 1 };\n'},
        id="flag-in-code",
    ),
    pytest.param(
        EVENT,
        {"b.ts": 'bus.on("order:paid", f);\n', "c.ts": 'export const PAID = "order:paid";\n'},
        id="event-by-a-constant",
    ),
    pytest.param(EVENT, {"b.ts": '// bus.on("order:paid", f);\n'}, id="event-in-a-comment"),
    pytest.param(OPTION, {"run.sh": "bin/other.py --jobs 3\n"}, id="option-of-another-program"),
    pytest.param(OPTION, {"run.sh": "bin/sort.py a | make --jobs 3\n"}, id="option-behind-a-pipe"),
    pytest.param(OPTION, {"CHANGELOG.md": "`bin/sort.py --jobs` is new.\n"}, id="option-in-a-change-log"),
    pytest.param(OPTION, {"run.sh": "bin/sort.py --jobs-dir a\n"}, id="longer-option"),
    pytest.param(COLUMN, {"a.py": 'Q = "SELECT b.size FROM bids b"\n'}, id="column-of-another-table"),
    pytest.param(
        COLUMN, {"a.py": 'Q = "SELECT size FROM slots JOIN bids ON true"\n'}, id="column-of-either-table"
    ),
    pytest.param(
        COLUMN, {"db/migrate/0.rb": 'execute "UPDATE slots SET size = 1"\n'}, id="column-in-an-old-migration"
    ),
    pytest.param(
        COLUMN,
        {
            "app/models/slot.rb": "class Slot < ApplicationRecord\n  alias_attribute :size, :seats\n"
            "  validates :size, a: 1\nend\n"
        },
        id="column-under-an-alias",
    ),
    pytest.param(
        (RENAMED, {"db/migrate/2.rb": "def up\nend\ndef down\n  remove_column :slots, :size\nend\n"}),
        {"a.py": 'Q = "SELECT size FROM slots"\n'},
        id="column-only-when-taken-back",
    ),
    pytest.param(ROUTE, {"web/a.js": 'fetch("/api/mails/archive");\n'}, id="route-of-another-router"),
    pytest.param(
        ROUTE,
        {"web/a.js": 'fetch("/api/notes/archive");\n', "b.js": 'app.get("/api/notes/archive", f);\n'},
        id="route-elsewhere",
    ),
    pytest.param(
        ENDPOINT, {"templates/a.html": "{{ url_for('imports.load') }}\n"}, id="endpoint-of-another-blueprint"
    ),
    pytest.param(NAMED, {"templates/a.html": "{% url 'blog:home' %}\n"}, id="address-of-another-application"),
    pytest.param(
        (JOB[0], {"kiln/jobs.py": "def chill():\n    pass\n\n\ncool = chill\n"}),
        {"jobs.yaml": "run: kiln.jobs.cool\n"},
        id="dotted-path-of-an-alias",
    ),
    pytest.param(
        (JOB[0], {"kiln/jobs.py": "from kiln.new import *\n"}),
        {"jobs.yaml": "run: kiln.jobs.cool\n"},
        id="open-module",
    ),
    pytest.param(JOB, {"jobs.yaml": "run: oven.jobs.cool\n"}, id="dotted-path-of-another-package"),
    pytest.param(
        METHOD,
        {"a.rb": "class A\n  before_save :clean\n  def clean\n  end\nend\n"},
        id="method-defined-elsewhere",
    ),
    pytest.param(
        METHOD, {"a.rb": "class A\n  before_save :x, only: [:clean]\nend\n"}, id="action-of-that-name"
    ),
]


@pytest.mark.parametrize(("change", "path", "text"), LEFT)
def test_a_name_that_is_gone_is_told_where_it_is_still_looked_up(
    named: Callable[..., Any], change: Change, path: str, text: str
) -> None:
    (told,) = named({**change[0], path: text}, change[1]).told
    assert told.endswith(f": {path}:2")


@pytest.mark.parametrize(("change", "files"), QUIET)
def test_what_is_still_offered_or_only_looks_like_a_reader_is_silence(
    named: Callable[..., Any], change: Change, files: dict[str, str]
) -> None:
    assert named({**change[0], **files}, change[1]).told == []


@pytest.mark.parametrize(("change", "path", "text"), LEFT)
def test_a_reader_that_the_change_writes_is_not_told(
    named: Callable[..., Any], change: Change, path: str, text: str
) -> None:
    assert named(change[0], {**change[1], path: text}).told == []

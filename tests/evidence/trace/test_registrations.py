import time

import pytest

from reviewer.evidence.trace.registrations import registration


def told(path: str, source: str, name: str = "f") -> str | None:
    """`sort: label` of the only line that has `<<`, which marks the use and is taken out."""
    lines = source.split("\n")
    [line] = [number for number, text in enumerate(lines, start=1) if "<<" in text]
    lines[line - 1] = lines[line - 1].replace("<<", "")
    found = registration(path, lines, line, name)
    assert found is None or found.quote == lines[found.line - 1]
    return f"{found.sort}: {found.label}" if found else None


DJANGO = "from django.urls import path, re_path, include\n"
ARGPARSE = "p = sub.add_parser('sync', help='x')\np.set_defaults(func=f)<<"
COMMANDER = "import { program } from 'commander'\nprogram.command('sync <path>')\n  .action(f)<<"
COBRA = 'var c = &cobra.Command{\n\tUse:   "sync [path]",\n\tRunE: f,<<\n}'
RAILTIE = "class A < Rails::Railtie\n"
JEST = "describe('users', () => {\n  it('adds one (twice) :)', () => {\n    f(1)<<\n  })\n})"
SPEC = "RSpec.describe 'users' do\n  context 'when' do\n    it \"isn't slow\" do\n      f(1)<<\n    end\n  end\nend"


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("urls.py", DJANGO + "x = [path('users/<int:id>', views.f, name='u')]<<", "route: users/<int:id>"),
        ("urls.py", DJANGO + "x = [\n    re_path(\n        r'^a$',\n        f.as_view(),<<\n    ),\n]", "route: ^a$"),
        ("urls.py", DJANGO + "x = [path('', login(f))]<<", "route: /"),
        ("a.py", "app.add_url_rule('/x', view_func=f)<<", "route: /x"),
        ("a.py", "router.register(r'users', f)<<", "route: users"),
        ("a.py", "routes = [Route('/x', f, methods=['POST'])]<<", "route: /x"),
        ("a.py", ARGPARSE, "command: sync"),
        ("a.py", "post_save.connect(f, sender=User)<<", "event: post_save"),
        ("a.py", "signal.signal(signal.SIGTERM, f)<<", None),
        ("a.py", "if __name__ == '__main__':\n    if True:\n        f()<<", "main: python a.py"),
        ("a.js", "app.get('/x/:id', f)<<", "route: GET /x/:id"),
        ("a.ts", "this.router.post(\n  '/x',\n  guard(a, b),\n  f,<<\n)", "route: POST /x"),
        ("a.tsx", "usersRouter.use('/admin', f)<<", "route: USE /admin"),
        ("a.test.js", JEST, "test: adds one (twice) :)"),
        ("a.test.js", "it.each([1, 2])('adds %i', (n) => { f(n) })<<", "test: adds %i"),
        ("a.test.js", "describe('users', () => {\n  const a = f()<<\n})", "test: users"),
        ("a.test.js", "describe('u', () => {\n  beforeEach(async () => {\n    f()<<\n  })\n})", "test: beforeEach"),
        ("a.js", COMMANDER, "command: sync <path>"),
        ("a.js", "process.on('SIGINT', f)<<", "event: SIGINT"),
        ("a.js", "el.addEventListener('click', this.f)<<", "event: click"),
        ("a.go", 'http.HandleFunc("/x", f)<<', "route: /x"),
        ("a.go", 'mux.Handle("GET /x/{id}", wrap(f))<<', "route: GET /x/{id}"),
        ("a.go", 'r.GET("/x", auth, h.f)<<', "route: GET /x"),
        ("a.go", "r.Post(`/x`, func(c *Ctx) error {\n\treturn f(c)<<\n})", "route: POST /x"),
        ("a.go", 'router.NewGetRoute("/x", r.f)<<', "route: GET /x"),
        ("a.go", COBRA, "command: sync [path]"),
        ("a.go", COBRA.replace("RunE", "PersistentPreRunE").replace("f,", "f(cli),"), "command: sync [path]"),
        ("a.go", 'app.AddCronJob("* * * * *", "count", f)<<', "job: * * * * *"),
        ("a.go", "lambda.Start(f)<<", "event: lambda"),
        ("a_test.go", 't.Run("a case", func(t *testing.T) {\n\tf()<<\n})', "test: a case"),
        ("a.rb", RAILTIE + "  initializer 'x' do\n    f(1)<<\n  end\nend", "event: initializer x"),
        ("a.rb", "config.to_prepare do\n  f(1)<<\nend", "event: to_prepare"),
        ("a.rb", "ActiveSupport.on_load(:action_view) do\n  f(1)<<\nend", "event: on_load(:action_view)"),
        ("a.rb", "ActiveSupport::Notifications.subscribe('x') do\n  f(1)<<\nend", "event: x"),
        ("a.js", "import yargs from 'yargs'\nyargs.command('x <y>', 'does', {}, f)<<", "command: x <y>"),
        ("a.js", "import cron from 'node-cron'\ncron.schedule('* * * * *', f)<<", "job: * * * * *"),
        ("a.js", "import { Worker } from 'bullmq'\nnew Worker('mail', f)<<", "job: mail"),
        ("migrations/1.py", "from django.db import a\na.RunPython(f)<<", "job: migration migrations/1.py"),
        ("a.py", "import apscheduler\nscheduler.add_job(f, 'cron')<<", "job: f"),
        ("a.go", 'import "net/http"\nhttp.ListenAndServe(":80", f)<<', "route: every request"),
        ("a.go", 'import "google.golang.org/grpc"\npb.RegisterShopServer(s, f)<<', "route: Shop"),
        ("a_spec.rb", SPEC, "test: isn't slow"),
        ("a_spec.rb", SPEC.replace("it \"isn't slow\"", "before"), "test: before"),
        ("a_test.rb", "class A < T\n  test 'adds' do\n    f<<\n  end\nend", "test: adds"),
        ("a_test.rb", "class A < T\n  def test_adds\n    f<<\n  end\nend", "test: test_adds"),
        ("lib/tasks/a.rake", "if x\n  task sync: :environment do\n    f<<\n  end\nend", "command: rake sync"),
        ("app.rb", "get '/x' do\n  f<<\nend", "route: GET /x"),
        ("app/models/a.rb", "class A\n  after_save :f, if: :x<<\nend", "event: after_save"),
        ("app/a.rb", "rescue_from Lost, with: :f<<", "event: rescue_from Lost"),
    ],
)  # fmt: skip
def test_a_use_is_led_to_its_entry_point(path: str, source: str, expected: str | None) -> None:
    assert told(path, source) == expected


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("urls.py", "x = [path('users', f)]<<"),
        ("urls.py", DJANGO + "y = os.path('users', f)<<"),
        ("urls.py", DJANGO + "x = [path('a', g)]\ny = f<<"),
        ("urls.py", DJANGO + "x = [path('a', g), h(f)]<<"),
        ("a.py", "post_save.connect(g, sender=f)<<"),
        ("a.py", "db.connect(f)<<"),
        ("a.py", "p.set_defaults(name=f)<<"),
        ("a.py", "if __name__ == '__main__':\n    g()\nf()<<"),
        ("a.js", "app.get('/a', g)\nh(f)<<"),
        ("a.js", "axios.get('/x', f)<<"),
        ("a.js", "cache.get('/x', f)<<"),
        ("a.js", "app.get('name', f)<<"),
        ("a.js", "app.get(f, '/x')<<"),
        ("a.js", "// app.get('/x', f)<<"),
        ("a.js", "const s = 'app.get(' + f<<"),
        ("a.js", "audit('x', () => f())<<"),
        ("a.js", "list.on(f)<<"),
        ("a.js", "store.action(f)<<"),
        ("a.go", 'client.Get("https://x", f)<<'),
        ("a.go", 'm.Get("key", f)<<'),
        ("a.go", "c := Config{\n\tRunE: f,<<\n}"),
        ("a_test.go", 'client.Post("/x", f)<<'),
        ("a.rb", "it 'does' do\n  f<<\nend"),
        ("a_spec.rb", "it 'does' do\nend\nf<<"),
        ("config/routes.rb", "get '/x' do\n  f<<\nend"),
        ("lib/a.rb", "task :x do\n  f<<\nend"),
        ("a.rb", "rescue_from Http::f::Error do<<"),
        ("a.rb", "initializer 'x' do\n  f<<\nend"),
        ("a.rb", "config.to_s do\n  f<<\nend"),
        ("a.rb", "Bus.subscribe('x') do\n  f<<\nend"),
        ("a.js", "yards.command('x', f)<<"),
        ("a.js", "cron.schedule(f)<<"),
        ("a.js", "new Worker('q', f)<<"),
        ("a.py", "from django.db import migrations\nRunPython(f)<<"),
        ("a.py", "scheduler.add_job(f)<<"),
        ("a.go", "http.ListenAndServe(f)<<"),
        ("a.go", "RegisterShopServer(s, f)<<"),
        ("a.java", "app.get('/x', f)<<"),
        ("a.txt", "app.get('/x', f)<<"),
    ],
)
def test_a_near_miss_leads_nowhere(path: str, source: str) -> None:
    assert told(path, source) is None


def test_the_innermost_block_counts_and_is_quoted() -> None:
    lines = ["app.use('/a', () => {", "  it('b', () => {", "    f()", "  })", "})"]
    found = registration("a.js", lines, 3, "f")
    assert found is not None
    assert (found.label, found.line) == ("b", 2)


def test_what_a_block_reads_is_not_handed_over() -> None:
    for path, source in (
        ("a.js", ["it('b', () => {", "  g(f)", "})"]),
        ("a.js", ["it('b', () => g(f))"]),
        ("a_test.rb", ["setup do", "  f", "end"]),
        ("a_test.go", ['t.Run("b", func(t *testing.T) {', "  g(f)", "})"]),
    ):
        line = next(number for number, text in enumerate(source, start=1) if "f" in text.split("func")[0])
        assert registration(path, source, line, "f") is not None
        assert registration(path, source, line, "f", handed_over=True) is None
    assert registration("a.js", ["app.get('/x', f)"], 1, "f", handed_over=True) is not None


def test_a_use_that_is_not_there_leads_nowhere() -> None:
    assert registration("a.js", ["app.get('/x', g)"], 1, "f") is None
    assert registration("a.js", ["app.get('/x', f)"], 2, "f") is None
    assert registration("a.js", [], 1, "f") is None


@pytest.mark.parametrize("path", ["a.py", "a.js", "a_test.go", "a_spec.rb"])
@pytest.mark.parametrize(
    "above",
    ["(" * 200_000, "it('" * 100_000, "app.get('/" * 50_000, "\n".join(["it('x', ("] * 20_000),
     "\n".join(" " * (300 - number) + "x.y." * 400 for number in range(300)), "'\\" * 100_000],
)  # fmt: skip
def test_hostile_lines_cost_little_time(path: str, above: str) -> None:
    lines = [*above.split("\n"), "f"]
    began = time.process_time()
    registration(path, lines, len(lines), "f")
    assert time.process_time() - began < 1

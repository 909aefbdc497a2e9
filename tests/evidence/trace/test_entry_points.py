import re
import time

import pytest

from reviewer.domain.evidence import SymbolKind
from reviewer.evidence.syntax.languages import language_of
from reviewer.evidence.syntax.parsed import Definition
from reviewer.evidence.trace.entry_points import entry_point

_STARTS = {
    "python": r"^(?P<indent>\s*)(?:async )?(?:def|class) (?P<name>\w+)",
    "go": r"^(?P<indent>)func (?:\(\w+ \*?(?P<owner>\w+)\) )?(?P<name>\w+)",
    "ruby": r"^(?P<indent>\s*)(?:private )?(?:def|class|module) (?:self\.)?(?P<name>[\w:]+)",
    "java": r"^(?P<indent>\s*)(?:@\w+(?:\([^)]*\))? )*(?:public |private |protected |static |final |abstract )*"
    r"(?:class |interface |[\w<>\[\].]+ )(?P<name>\w+)(?= *[({]| extends| implements)",
    "typescript": r"^(?P<indent>\s*)(?:export )?(?:default )?(?:async )?(?:function |class |const )?"
    r"(?P<name>\w+)(?= ?[({]| =)",
}
_STARTS["tsx"] = _STARTS["typescript"]


def definitions(path: str, lines: list[str]) -> dict[str, Definition]:
    """Definitions by name, as a grammar gives them: one line of signature, the class above as owner."""
    found: dict[str, Definition] = {}
    around: list[tuple[int, str]] = []
    pattern = _STARTS[language_of(path) or ""]
    for number, line in enumerate(lines, start=1):
        match = re.match(pattern, line)
        if match is None:
            continue
        indent, name = len(match["indent"]), match["name"]
        around = [each for each in around if each[0] < indent]
        owner = match.groupdict().get("owner") or ".".join(each[1] for each in around) or None
        is_class = re.search(r"\b(?:class|interface|module)\b", line) is not None
        if is_class:
            around.append((indent, name))
        kind = SymbolKind.CLASS if is_class else SymbolKind.METHOD if owner else SymbolKind.FUNCTION
        found[name] = Definition(
            name=name, owner=owner, kind=kind, first_line=number, signature_end=number, last_line=number,
            start=0, end=0, parameters=None, exported=True,
        )  # fmt: skip
    return found


def told(path: str, source: str, name: str) -> str | None:
    """`sort: label` of the definition called `name`."""
    lines = source.split("\n")
    every = definitions(path, lines)
    assert name in every, f"{name}: not among {list(every)}"
    definition = every[name]
    owner = every.get((definition.owner or "").rsplit(".", 1)[-1])
    found = entry_point(path, lines, definition, owner=owner)
    assert found is None or found.quote == lines[found.line - 1]
    return f"{found.sort}: {found.label}" if found else None


MAIN = 'def run():\n    pass\n\n\nif __name__ == "__main__":\n    import sys\n\n    sys.exit(run())\n'
VIEW = "class Users(APIView):\n    def get(self, request):\n        pass\n"
COMMAND = "class Command(BaseCommand):\n    def handle(self, *args, **options):\n        pass\n"
TESTS = """class UserTests(TestCase):
    def setUp(self):
        pass
    def test_it(self):
        pass
    def helper(self):
        pass
"""
VIEWSET = """class UserViewSet(ModelViewSet):
    @action(detail=True, methods=['post'])
    def lock(self, request):
        pass
    def destroy(self, request):
        pass
"""


@pytest.mark.parametrize(
    ("path", "source", "name", "expected"),
    [
        ("a.py", "@app.route('/users')\ndef f(): pass", "f", "route: GET /users"),
        ("a.py", "@bp.route('/', methods=('GET', 'POST'))\ndef f(): pass", "f", "route: GET,POST /"),
        ("a.py", "@app.route(\n    '/x',\n    methods=['PUT'],\n)\ndef f(): pass", "f", "route: PUT /x"),
        ("a.py", "@router.get('/u/{id}', tags=['(x'])\nasync def f(): pass", "f", "route: GET /u/{id}"),
        ("a.py", "@login_required\n@router.delete('')\ndef f(): pass", "f", "route: DELETE /"),
        ("a.py", "@api_view(['GET', 'POST'])\ndef users(r): pass", "users", "route: GET,POST users"),
        ("a.py", "@route(r'^new/$', name='new')\ndef f(self): pass", "f", "route: ^new/$"),
        ("a.py", "@pytest.fixture(scope='session', autouse=True)\ndef f(): pass", "f", "test: f"),
        ("a.py", VIEW, "get", "route: GET Users"),
        ("a.py", VIEWSET, "lock", "route: POST UserViewSet.lock"),
        ("a.py", VIEWSET, "destroy", "route: destroy UserViewSet"),
        ("a.py", "@click.command('send-mail')\ndef send(): pass", "send", "command: send-mail"),
        ("a.py", "@cli.command()\ndef send_all(): pass", "send_all", "command: send-all"),
        ("a.py", "@app.group\ndef db(): pass", "db", "command: db"),
        ("x/management/commands/send.py", COMMAND, "handle", "command: manage.py send"),
        ("a.py", "@shared_task(bind=True)\ndef mail(self): pass", "mail", "job: mail"),
        ("a.py", "@app.task\ndef mail(): pass", "mail", "job: mail"),
        ("a.py", "@receiver(post_save, sender=User)\ndef f(**kw): pass", "f", "event: post_save, sender=User"),
        ("a.py", "@app.errorhandler(404)\ndef f(e): pass", "f", "event: 404"),
        ("a.py", "@bp.before_app_request\ndef f(): pass", "f", "event: before_app_request"),
        ("fn.py", "def lambda_handler(event, context):\n    pass", "lambda_handler", "event: lambda lambda_handler"),
        ("tests/test_a.py", "def test_login(client):\n    pass", "test_login", "test: test_login"),
        ("app/tests.py", TESTS, "test_it", "test: UserTests.test_it"),
        ("app/tests.py", TESTS, "setUp", "test: UserTests.setUp"),
        ("app/checks.py", TESTS, "test_it", "test: UserTests.test_it"),
        ("tool.py", MAIN, "run", "main: python tool.py"),
    ],
)  # fmt: skip
def test_python_entry_points(path: str, source: str, name: str, expected: str) -> None:
    assert told(path, source, name) == expected


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("a.py", "def f(): pass", "f"),
        ("a.py", "# @app.route('/x')\ndef f(): pass", "f"),
        ("a.py", "@patch('app.views.get')\ndef f(): pass", "f"),
        ("a.py", "@mock.patch('/x')\ndef f(): pass", "f"),
        ("a.py", "@cache.get('key')\ndef f(): pass", "f"),
        ("a.py", "@app.route('/x')\ndef g(): pass\n\ndef f(): pass", "f"),
        ("a.py", "@command_line\ndef f(): pass", "f"),
        ("a.py", "@pytest.fixture\ndef f(): pass", "f"),
        ("a.py", "@reroute('x')\ndef f(): pass", "f"),
        ("a.py", "@taskbar.task_done\ndef f(): pass", "f"),
        ("a.py", "class Box(dict):\n    def get(self, key):\n        pass", "get"),
        ("a.py", "class Preview(Base):\n    def get(self, key):\n        pass", "get"),
        ("a.py", "def get(View):\n    pass", "get"),
        ("app/commands/send.py", COMMAND, "handle"),
        ("x/management/commands/_base.py", COMMAND, "handle"),
        ("a.py", "def handler(request):\n    pass", "handler"),
        ("app/models.py", "def test_connection():\n    pass", "test_connection"),
        ("app/models.py", "class Latest(Model):\n    def test_it(self):\n        pass", "test_it"),
        ("tests/test_a.py", "def helper():\n    pass", "helper"),
        ("app/tests.py", TESTS, "helper"),
        ("tool.py", MAIN.replace("run())", "runner())"), "run"),
        ("tool.py", MAIN.replace("__main__", "__other__"), "run"),
        ("tool.py", "def run():\n    pass\n\n\nif __name__ == '__main__':\n    pass\nrun()\n", "run"),
    ],
)
def test_python_near_misses(path: str, source: str, name: str) -> None:
    assert told(path, source, name) is None


NEST = """@Controller('users')
export class Users {
  @Get(
    ':id'
  )
  async one(@Query() q: Q) {}
  @Post()
  add() {}
  @Query()
  other() {}
}
"""
NEXT = 'import Link from "next/link"\nexport default function Page() {\n}\n'


@pytest.mark.parametrize(
    ("path", "source", "name", "expected"),
    [
        ("app/(shop)/u/[id]/route.ts", "export async function GET(r) {", "GET", "route: GET /u/[id]"),
        ("src/app/page.tsx", "export default function Home() {", "Home", "route: /"),
        ("pages/api/users.ts", "export default function handler(a, b) {", "handler", "route: /api/users"),
        ("src/pages/about/index.tsx", NEXT, "Page", "route: /about"),
        ("a.ts", NEST, "one", "route: GET /users/:id"),
        ("a.ts", NEST, "add", "route: POST /users"),
        ("a.ts", "@Injectable()\nexport class A {\n  @Cron('0 * * * *')\n  tick() {}\n}", "tick", "job: A.tick"),
        ("a.ts", "export class A {\n  @OnEvent('order.paid')\n  paid() {}\n}", "paid", "event: order.paid"),
        ("a.ts", "@Resolver()\nexport class A {\n  @Query()\n  users() {}\n}", "users", "route: Query users"),
    ],
)  # fmt: skip
def test_typescript_entry_points(path: str, source: str, name: str, expected: str) -> None:
    assert told(path, source, name) == expected


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("app/u/route.ts", "async function GET(r) {", "GET"),
        ("app/u/routes.ts", "export async function GET(r) {", "GET"),
        ("lib/http.ts", "export async function GET(r) {", "GET"),
        ("src/pages/about.tsx", "export default function Page() {", "Page"),
        ("src/pages/_app.tsx", NEXT, "Page"),
        ("app/u/page.tsx", "export function helper() {", "helper"),
        ("a.ts", NEST, "other"),
        ("a.ts", NEST.replace("@Controller", "@Injectable"), "add"),
        ("a.ts", "export class A {\n  f(@Get('x') q) {}\n}", "f"),
    ],
)
def test_typescript_near_misses(path: str, source: str, name: str) -> None:
    assert told(path, source, name) is None


@pytest.mark.parametrize(
    ("path", "source", "name", "expected"),
    [
        ("cmd/tool/main.go", "package main\nfunc main() {", "main", "main: main of cmd/tool"),
        ("a/b.go", "package b\nfunc init() {", "init", "main: init of a"),
        ("a_test.go", "func TestIt(t *testing.T) {", "TestIt", "test: TestIt"),
        ("a_test.go", "func BenchmarkIt(b *testing.B) {", "BenchmarkIt", "test: BenchmarkIt"),
        ("a_test.go", "func TestNil(*testing.T) {", "TestNil", "test: TestNil"),
        ("a_test.go", "func TestMain(m *testing.M) {", "TestMain", "test: TestMain"),
        ("a_test.go", "func ExampleIt() {", "ExampleIt", "test: ExampleIt"),
        ("a_test.go", "func (s *Suite) TestIt() {", "TestIt", "test: Suite.TestIt"),
        ("a.go", "func (h *H) ServeHTTP(w http.ResponseWriter, r *http.Request) {", "ServeHTTP", "route: H"),
        ("a.go", "func (c *ApplyCommand) Run(args []string) int {", "Run", "command: ApplyCommand"),
    ],
)  # fmt: skip
def test_go_entry_points(path: str, source: str, name: str, expected: str) -> None:
    assert told(path, source, name) == expected


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("a.go", "package lib\nfunc main() {", "main"),
        ("a.go", "package main\nfunc (m *M) main() {", "main"),
        ("a.go", "func TestIt(t *testing.T) {", "TestIt"),
        ("a_test.go", "func Testify(t *testing.T) {", "Testify"),
        ("a_test.go", "func TestHelper(t *testing.T, n int) {", "TestHelper"),
        ("a_test.go", "func ExampleOf(n int) {", "ExampleOf"),
        ("a_test.go", "func (s *Suite) TestIt(n int) {", "TestIt"),
        ("a.go", "func (c *Loop) Run(ctx context.Context) error {", "Run"),
        ("a.go", "func initialise() {", "initialise"),
    ],
)
def test_go_near_misses(path: str, source: str, name: str) -> None:
    assert told(path, source, name) is None


SPRING = """@RestController
@RequestMapping("/api/users")
public class Users {
    @GetMapping("/{id}")
    public User one(@PathVariable String id) {
    @PostMapping
    public User add() {
    @RequestMapping(method = RequestMethod.PUT, path = "/{id}")
    public User set() {
    @RequestMapping("/any")
    public User any() {
    @Scheduled(cron = "0 0 * * * *")
    public void tick() {
    @EventListener
    public void heard(Paid paid) {
    @Bean
    public Clock clock() {
    @BeanProperty
    public Clock other() {
}
"""
JUNIT = (
    "public class UserTests {\n    @Test // gh-1\n    void works() {\n    @TestOnly\n    void helper() {\n}\n"
)
JAX = '@Path("/users")\npublic class Users {\n    @GET\n    @Path("{id}")\n    public User one() {\n}\n'
RETROFIT = 'public interface Api {\n    @GET("users/{id}")\n    Call<User> one(String id);\n}\n'


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("public class App {\n    public static void main(String[] args) {", "main", "main: App.main"),
        (SPRING, "one", "route: GET /api/users/{id}"),
        (SPRING, "add", "route: POST /api/users"),
        (SPRING, "set", "route: PUT /api/users/{id}"),
        (SPRING, "any", "route: ANY /api/users/any"),
        (SPRING, "tick", 'job: tick cron = "0 0 * * * *"'),
        (SPRING, "heard", "event: EventListener heard"),
        (SPRING, "clock", "event: Bean clock"),
        (JUNIT, "works", "test: UserTests.works"),
        (JUNIT.replace("@Test ", "@ParameterizedServerTest "), "works", "test: UserTests.works"),
        (SPRING.replace('@RequestMapping("/any")', "@RequestMapping"), "any", "route: ANY /api/users"),
        (JAX, "one", "route: GET /users/{id}"),
        (
            "public class S extends HttpServlet {\n    protected void doPost(HttpServletRequest a, R b) {",
            "doPost",
            "route: POST S",
        ),
    ],
)
def test_java_entry_points(source: str, name: str, expected: str) -> None:
    assert told("src/test/java/UserTests.java", source, name) == expected


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("public class App {\n    public void main(String args) {", "main"),
        (SPRING, "other"),
        (SPRING, "Users"),
        ("@SpringBootTest\npublic class UserTests {\n}", "UserTests"),
        (SPRING.replace("@RestController", "@FeignClient"), "one"),
        (JUNIT, "helper"),
        (RETROFIT, "one"),
        ("public class S {\n    void doPost(Request r) {", "doPost"),
        ('public class S {\n    // @GetMapping("/x")\n    void one() {', "one"),
        ('public class S {\n    @Doc("@Scheduled")\n    void one() {', "one"),
    ],
)
def test_java_near_misses(source: str, name: str) -> None:
    assert told("src/test/java/S.java", source, name) is None


def test_a_test_annotation_of_another_sort_outside_of_tests_is_none() -> None:
    aspect = "@Aspect\npublic class Log {\n    @Before\n    void log() {\n}"
    assert told("src/main/java/Log.java", aspect, "log") is None
    assert told("src/test/java/LogTests.java", aspect, "log") is None


CONTROLLER = """class Admin::UsersController < ApplicationController
  before_action :find, only: :show
  def index
  end
  def find
  end
  def show?
  end
  def self.build
  end
  private
  def secret
  end
  public
  def again
  end
end
"""
JOB = "class MailJob < ApplicationJob\n  def perform(id)\n  end\nend"
SIDEKIQ = "class Mail\n  include Sidekiq::Job\n  def perform(id)\n  end\nend"
THOR = "class Cli < Thor\n  desc 'sync PATH', 'copies'\n  def sync(path)\n  end\n  def helper\n  end\nend"
MINITEST = "class UserTest < ActiveSupport::TestCase\n  def test_it\n  end\n  def helper\n  end\nend"
USERS = "app/controllers/admin/users_controller.rb"


@pytest.mark.parametrize(
    ("path", "source", "name", "expected"),
    [
        (USERS, CONTROLLER, "index", "route: admin/users#index"),
        (USERS, CONTROLLER, "again", "route: admin/users#again"),
        ("app/jobs/mail_job.rb", JOB, "perform", "job: MailJob"),
        ("lib/mail_job.rb", JOB, "perform", "job: MailJob"),
        ("lib/mail.rb", SIDEKIQ, "perform", "job: Mail"),
        ("lib/cli.rb", THOR, "sync", "command: sync PATH"),
        ("test/user_test.rb", MINITEST, "test_it", "test: UserTest.test_it"),
        ("test/shared/a.rb", "module Shared\n  def test_it\n  end\nend", "test_it", "test: Shared.test_it"),
    ],
)
def test_ruby_entry_points(path: str, source: str, name: str, expected: str) -> None:
    assert told(path, source, name) == expected


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        (USERS, CONTROLLER, "find"),
        (USERS, CONTROLLER, "build"),
        (USERS, CONTROLLER, "secret"),
        ("app/controllers/application_controller.rb", CONTROLLER, "index"),
        ("app/controllers/concerns/users_controller.rb", CONTROLLER, "index"),
        ("lib/users_controller.rb", CONTROLLER, "index"),
        ("lib/show.rb", "class Show\n  def perform\n  end\nend", "perform"),
        ("lib/cli.rb", THOR, "helper"),
        ("lib/cli.rb", THOR.replace("< Thor", "< Base"), "sync"),
        ("test/user_test.rb", MINITEST, "helper"),
        ("lib/user.rb", MINITEST, "test_it"),
    ],
)
def test_ruby_near_misses(path: str, source: str, name: str) -> None:
    assert told(path, source, name) is None


def test_the_quote_is_the_line_that_says_it() -> None:
    lines = ["@login", "@app.route('/x')", "def f(): pass"]
    definition = definitions("a.py", lines)["f"]
    found = entry_point("a.py", lines, definition)
    assert found is not None
    assert (found.line, found.quote) == (2, "@app.route('/x')")


def test_a_language_without_rules_has_no_entry_points() -> None:
    definition = definitions("a.py", ["def main(): pass"])["main"]
    assert entry_point("a.rs", ["fn main() {}"], definition) is None
    assert entry_point("main", ["main() {"], definition) is None


@pytest.mark.parametrize(
    "path", ["a.py", "a.ts", "pages/a.js", "a_test.go", "T.java", "app/controllers/a_controller.rb"]
)
@pytest.mark.parametrize(
    "above",
    ["@app.route(" + "(" * 100_000, "@a" * 200_000, "@x(" + "'\\" * 100_000, "@RequestMapping(" + "{ " * 100_000,
     "\n".join(["@a.route('/x'"] * 5_000), "if __name__ == '__main__':\n" + "    x\n" * 100_000],
)  # fmt: skip
def test_hostile_lines_cost_little_time(path: str, above: str) -> None:
    lines = [*above.split("\n"), "def main(): pass"]
    definition = Definition(
        name="main", owner=None, kind=SymbolKind.FUNCTION, first_line=len(lines), signature_end=len(lines),
        last_line=len(lines), start=0, end=0, parameters=None, exported=True,
    )  # fmt: skip
    began = time.process_time()
    entry_point(path, lines, definition, owner=definition)
    assert time.process_time() - began < 1

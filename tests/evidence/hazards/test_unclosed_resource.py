from collections.abc import Callable

import pytest

from reviewer.stages.rules.unclosed_resource import FORMS

Hazards = Callable[..., list[str]]

GO = 'package a\nimport (\n"context"\n"io"\n"net/http"\n"os"\n)\nfunc f() error {\n'
GET = GO + "resp, err := http.Get(u)\nif err != nil {\nreturn err\n}\n"
OPEN = GO + "x, err := os.Open(p)\nif err != nil {\nreturn err\n}\n"
JAVA = "class A { void f() throws IOException {\n"
FS = "const fs = require('fs');\n"

FIRES = [
    ("left-open", "a.py", "def f(p):\n    x = open(p)\n    return x.read()\n"),
    ("left-open", "a.py", "import json\ndef f(p):\n    x = open(p)\n    return json.load(x)\n"),
    ("left-open", "a.py", "def f(p):\n    x = open(p)\n    for line in x:\n        print(line)\n"),
    ("left-open", "a.py", "import socket\ndef f(p):\n    x = socket.socket()\n    x.connect(p)\n"),
    ("left-open", "a.py", "from zipfile import ZipFile as Z\ndef f(p):\n    x = Z(p)\n    x.extractall()\n"),
    ("opened-in-passing", "a.py", "def f(p):\n    return open(p).read()\n"),
    ("opened-in-passing", "a.py", "import json\nx = json.load(open('p'))\n"),
    ("unread-body", "a.go", GET + "raw, err := io.ReadAll(resp.Body)\nuse(raw)\nreturn err\n}\n"),
    ("unread-body", "a.go", GET + "if resp.StatusCode != 200 {\nreturn bad\n}\nreturn nil\n}\n"),
    ("left-open", "a.go", OPEN + "raw, err := io.ReadAll(x)\nuse(raw)\nreturn err\n}\n"),
    ("left-open", "a.go", GO + "x, _ := os.Create(p)\nx.WriteString(p)\nreturn nil\n}\n"),
    ("dropped-cancel", "a.go", GO + "ctx, _ := context.WithCancel(parent)\nreturn g(ctx)\n}\n"),
    ("left-open", "A.java", JAVA + "InputStream s = new FileInputStream(p); s.read();\n} }\n"),
    (
        "left-open",
        "A.java",
        JAVA + "var s = new BufferedReader(new FileReader(p)); String t = s.readLine(); use(t);\n} }\n",
    ),
    ("left-open", "A.java", JAVA + "Stream<String> s = Files.lines(p); s.forEach(x);\n} }\n"),
    ("left-open", "a.rb", "def f(p)\n  x = File.open(p)\n  x.read\nend\n"),
    ("left-open", "a.rb", "def f(p)\n  x = File.new(p, 'w')\n  x << 'a'\n  nil\nend\n"),
    ("opened-in-passing", "a.rb", "def f(p)\n  File.open(p).read\nend\n"),
    ("left-open", "a.js", FS + "function f(p) { const x = fs.openSync(p); fs.readSync(x, b); }\n"),
    (
        "left-open",
        "a.ts",
        "import { openSync } from 'node:fs';\nconst f = (p) => { const x = openSync(p); writeSync(x, b); };\n",
    ),
]

QUIET = [
    ("a.py", "def f(p):\n    with open(p) as x:\n        return x.read()\n"),
    (
        "a.py",
        "def f(p):\n    x = open(p)\n    try:\n        return x.read()\n    finally:\n        x.close()\n",
    ),
    ("a.py", "def f(p):\n    x = open(p)\n    return x\n"),
    ("a.py", "def f(p):\n    x = open(p)\n    return Reader(x)\n"),
    ("a.py", "def f(self, p):\n    x = open(p)\n    self.x = x\n"),
    ("a.py", "def f(p):\n    x = open(p)\n    with x:\n        return x.read()\n"),
    ("a.py", "def f(p):\n    x = open(p)\n    yield x\n"),
    ("a.py", "def f(p):\n    x = open(p)\n    atexit.register(x.close)\n"),
    ("a.py", "def f(p):\n    x = None\n    x = open(p)\n    return x.read()\n"),
    ("a.py", "def f(p, stack):\n    x = stack.enter_context(open(p))\n    return x.read()\n"),
    ("a.py", "from ours import open\ndef f(p):\n    x = open(p)\n    return x.read()\n"),
    ("a.py", "def f(p):\n    return store.open(p).read()\n"),
    ("a.py", "def f(p):\n    x = open(p)\n    def g():\n        x.read()\n    return g\n"),
    ("tests/test_a.py", "def f(p):\n    x = open(p)\n    return x.read()\n"),
    ("a.go", GET + "defer resp.Body.Close()\nreturn nil\n}\n"),
    ("a.go", GET + "defer func() { _ = resp.Body.Close() }()\nreturn nil\n}\n"),
    ("a.go", GET + "return g(resp)\n}\n"),
    ("a.go", GET + "defer closeBody(resp.Body)\nreturn nil\n}\n"),
    ("a.go", OPEN + "defer x.Close()\nreturn nil\n}\n"),
    ("a.go", OPEN + "t.x = x\nreturn nil\n}\n"),
    ("a.go", GO + "x, err := fs.Open(p)\nreturn err\n}\n"),
    ("a.go", GO + "ctx, cancel := context.WithCancel(parent)\ndefer cancel()\nreturn g(ctx)\n}\n"),
    ("A.java", JAVA + "try (InputStream s = new FileInputStream(p)) { s.read(); }\n} }\n"),
    ("A.java", JAVA + "InputStream s = new FileInputStream(p); s.read(); s.close();\n} }\n"),
    ("A.java", JAVA + "InputStream s = new FileInputStream(p); return s;\n} }\n"),
    ("A.java", JAVA + "InputStream s = new FileInputStream(p); load(s);\n} }\n"),
    ("A.java", JAVA + "var s = new BufferedReader(reader); s.read();\n} }\n"),
    ("A.java", JAVA + "var s = new FileInputStream(p); try (var c = s.getChannel()) { c.size(); }\n} }\n"),
    ("a.rb", "def f(p)\n  File.open(p) { |x| x.read }\nend\n"),
    ("a.rb", "def f(p)\n  x = File.open(p)\nend\n"),
    ("a.rb", "def f(p)\n  x = File.open(p)\n  x.read\n  x.close\nend\n"),
    ("a.rb", "def f(p)\n  x = File.open(p)\n  x.sync = true\n  load(x)\nend\n"),
    ("a.rb", "def f(p)\n  x = File.open(p, &block)\n  x.read\nend\n"),
    ("a.rb", "def f(p)\n  File.read(p)\nend\n"),
    ("a.js", FS + "function f(p) { const x = fs.openSync(p); fs.readSync(x, b); fs.closeSync(x); }\n"),
    ("a.js", FS + "function f(p) { const x = fs.openSync(p); return { x }; }\n"),
    ("a.js", "function f(p) { const x = disk.openSync(p); disk.readSync(x, b); }\n"),
]


@pytest.mark.parametrize(("form", "path", "source"), FIRES)
def test_what_nobody_closes_is_told(hazards: Hazards, form: str, path: str, source: str) -> None:
    assert [one.rsplit(":", 1)[0] for one in hazards({}, {path: source})] == [
        f"unclosed-resource {form} {path}"
    ]


@pytest.mark.parametrize(("path", "source"), QUIET)
def test_what_is_closed_or_handed_on_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards({}, {path: source}) == []


def test_every_form_has_words_and_every_word_is_produced() -> None:
    assert {form for form, _, _ in FIRES} == set(FORMS)

from collections.abc import Callable

import pytest

from reviewer.stages.rules.dangerous_call import FORMS

Hazards = Callable[..., list[str]]

PYTHON_FIRES = [
    ("shell-text", "import subprocess\ndef f(name):\n    subprocess.run(f'convert {name}', shell=True)\n"),
    ("shell-text", "import os\ndef f(name):\n    os.system('rm ' + name)\n"),
    ("shell-text", "from os import system as go\ndef f(name):\n    go('rm %s' % name)\n"),
    ("shell-text", "import os\ndef f(name):\n    command = 'rm {}'.format(name)\n    os.popen(command)\n"),
    ("shell-input", "import os\ndef f(request):\n    os.system('ping ' + request.GET['host'])\n"),
    (
        "shell-input",
        "import os\ndef f(request):\n    host = request.args.get('h')\n    os.system(f'ping {host}')\n",
    ),
    ("eval-text", "def f(text):\n    return eval(text)\n"),
    ("eval-input", "def f(request):\n    return eval(request.GET['q'])\n"),
    ("unsafe-load", "import pickle\ndef f(data):\n    return pickle.loads(data)\n"),
    ("unsafe-load", "from pickle import load\ndef f(file):\n    return load(file)\n"),
    ("unsafe-load", "import yaml\ndef f(file):\n    return yaml.load(file, Loader=yaml.UnsafeLoader)\n"),
    ("unsafe-load", "import yaml\ndef f(file):\n    return yaml.load(file)\n"),
    (
        "sql-text",
        "def f(cursor, email):\n    cursor.execute(f\"SELECT 1 FROM users WHERE email = '{email}'\")\n",
    ),
    (
        "sql-text",
        "def f(cursor, email):\n    cursor.execute(\"DELETE FROM users WHERE email = '%s'\" % email)\n",
    ),
    (
        "sql-text",
        "def f(c, mail):\n    q = 'SELECT * FROM a WHERE mail = \"' + mail + '\"'\n    c.execute(q)\n",
    ),
    (
        "sql-input",
        "def f(c, request):\n    by = request.GET['by']\n    c.execute(f'SELECT * FROM a ORDER BY {by}')\n",
    ),
    ("tls-off", "import requests\nrequests.get(u, verify=False)\n"),
    ("tls-off", "import ssl\ndef f(context):\n    context.verify_mode = ssl.CERT_NONE\n"),
    ("tls-off", "import ssl\ncontext = ssl._create_unverified_context()\n"),
    (
        "weak-hash",
        "import hashlib\ndef f(password):\n    return hashlib.md5(password.encode()).hexdigest()\n",
    ),
    ("broken-cipher", "from Crypto.Cipher import DES\ndef f(key):\n    return DES.new(key)\n"),
    (
        "guessable-random",
        "import random\ndef f():\n    token = ''.join(random.choice('abc') for _ in range(9))\n",
    ),
    ("guessable-random", "import random\ndef make_password():\n    return str(random.randint(0, 9))\n"),
    ("path-input", "def f(request):\n    return open('/srv/' + request.args['file'])\n"),
    ("unescaped-html", "from markupsafe import Markup\ndef f(name):\n    return Markup(f'<b>{name}</b>')\n"),
]
PYTHON_QUIET = [
    "import subprocess\ndef f(name):\n    subprocess.run(['convert', name])\n",
    "import subprocess\ndef f(name):\n    subprocess.run(f'convert {name}', shell=False)\n",
    "import subprocess\nsubprocess.run('ls -l', shell=True)\n",
    "import os\ndef f():\n    name = 'a'\n    os.system(f'rm {name}')\n",
    "import os\nNAME = 'a'\ndef f():\n    os.system(f'rm {NAME}')\n",
    "import os, shlex\ndef f(name):\n    os.system(f'rm {shlex.quote(name)}')\n",
    "import os\ndef f(name):\n    number = int(name)\n    os.system('kill %d' % number)\n",
    "import os, sys\nos.system(f'{sys.executable} -m this')\n",
    "class A:\n    def f(self, name):\n        self.os.system('rm ' + name)\n",
    "def f(model):\n    model.eval()\n",
    "eval('1 + 1')\n",
    "import pickle\ndef f(data):\n    return pickle.loads(pickle.dumps(data))\n",
    "def f(pickle, data):\n    return pickle.loads(data)\n",
    "import json\ndef f(data):\n    return json.loads(data)\n",
    "import yaml\ndef f(file):\n    return yaml.load(file, Loader=yaml.SafeLoader)\n",
    "import yaml\ndef f(file):\n    return yaml.safe_load(file)\n",
    "def f(cursor, email):\n    cursor.execute('SELECT 1 FROM users WHERE email = %s', [email])\n",
    "def f(cursor, table):\n    cursor.execute(f'DELETE FROM {table} WHERE a = 1')\n",
    "def f(cursor, names):\n    marks = ','.join('?' * len(names))\n"
    "    cursor.execute(f'SELECT 1 FROM a WHERE b IN ({marks})', names)\n",
    "def f(cursor, name):\n    cursor.execute(f'SELECT 1 FROM a WHERE b = {quote_name(name)}')\n",
    "def f(pool, who):\n    pool.execute(f'say {who}')\n",
    "import requests\nrequests.get(u, verify=True)\n",
    "def f(token):\n    token.get(u, verify=False)\n",
    "import ssl\ndef f(context, verified):\n    if not verified:\n        context.verify_mode = ssl.CERT_NONE\n",
    "from markupsafe import Markup\ndef f(widget_html):\n    return Markup(f'<b>{widget_html}</b>')\n",
    "import hashlib\ndef f(body):\n    return hashlib.md5(body).hexdigest()\n",
    "import hashlib\ndef f(password):\n    return hashlib.sha1(password, usedforsecurity=False)\n",
    "import random\ndef f():\n    colour = random.choice('abc')\n",
    "import secrets\ndef f():\n    token = secrets.choice('abc')\n",
    "import random\ndef f():\n    max_tokens = random.randint(1, 5)\n",
    "def f(request):\n    return open('/srv/' + secure_filename(request.args['file']))\n",
    "def f(name):\n    return open('/srv/' + name)\n",
    "from markupsafe import Markup, escape\ndef f(name):\n    return Markup(f'<b>{escape(name)}</b>')\n",
    "from markupsafe import Markup\ndef f():\n    return Markup('<b>x</b>')\n",
]
SCRIPT_FIRES = [
    ("shell-text", "import { exec } from 'child_process'\nfunction f(a) { exec(`ls ${a}`) }\n"),
    ("shell-text", "const cp = require('node:child_process')\nfunction f(a) { cp.execSync('ls ' + a) }\n"),
    ("shell-input", "import { exec } from 'child_process'\nfunction f(req) { exec(`ls ${req.query.a}`) }\n"),
    ("eval-text", "function f(a) { return eval(a) }\n"),
    ("eval-input", "function f(req) { return new Function(req.body.code) }\n"),
    ("unsafe-load", "const s = require('node-serialize')\nfunction f(a) { return s.unserialize(a) }\n"),
    ("sql-text", "function f(db, mail) { return db.query(`SELECT * FROM a WHERE mail = '${mail}'`) }\n"),
    (
        "sql-input",
        "function f(db, req) { return db.query('SELECT * FROM a WHERE id = ' + req.params.id) }\n",
    ),
    ("tls-off", "const agent = new https.Agent({ rejectUnauthorized: false })\n"),
    ("tls-off", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'\n"),
    ("weak-hash", "const h = (password) => createHash('md5'); x.createHash('md5').update(password)\n"),
    ("broken-cipher", "const c = crypto.createCipheriv('aes-128-ecb', key, null)\n"),
    ("guessable-random", "const sessionToken = Math.random().toString(36)\n"),
    (
        "path-input",
        "import fs from 'fs'\nfunction f(req) { return fs.readFileSync('/srv/' + req.params.file) }\n",
    ),
    ("unescaped-html", "function f(el, name) { el.innerHTML = `<b>${name}</b>` }\n"),
]
SCRIPT_QUIET = [
    "import { execFile } from 'child_process'\nfunction f(a) { execFile('ls', [a]) }\n",
    "import { exec } from 'child_process'\nexec('ls -l')\n",
    "import { exec } from 'child_process'\nconst dir = 'a'\nexec(`ls ${dir}`)\n",
    "function f(pattern, a) { return pattern.exec(`ls ${a}`) }\n",
    "eval('1')\n",
    "function f(sql, mail) { return sql`SELECT * FROM a WHERE mail = ${mail}` }\n",
    "function f(db, mail) { return db.query('SELECT * FROM a WHERE mail = $1', [mail]) }\n",
    "function f(db, mail) { return db.query(`SELECT * FROM a WHERE mail = ${escape(mail)}`) }\n",
    "const agent = new https.Agent({ rejectUnauthorized: true })\n",
    "const colour = Math.random()\n",
    "x.createHash('md5').update(body)\n",
    "import fs from 'fs'\nfunction f(name) { return fs.readFileSync('/srv/' + name) }\n",
    "import fs, { readFileSync } from 'fs'\nfunction f(req) {\n  const at = path.normalize(req.params.file)\n"
    "  if (!at.startsWith(root)) throw new Error()\n  return fs.readFileSync(at)\n}\n",
    "function f(el) { el.innerHTML = '<b>x</b>' }\n",
    "function f(el, name) { el.innerHTML = name }\n",
]
GO = 'package m\n\nimport (\n\t"crypto/des"\n\t"crypto/md5"\n\t"math/rand"\n\t"os"\n\t"os/exec"\n)\n\n'
GO_FIRES = [
    ("shell-text", 'func f(a string) { exec.Command("sh", "-c", "ls "+a).Run() }\n'),
    ("shell-text", 'func f(a string) { exec.CommandContext(ctx, "bash", "-c", fmt.Sprintf("ls %s", a)) }\n'),
    ("shell-input", 'func f(r *http.Request) { exec.Command("sh", "-c", "ls "+r.FormValue("a")).Run() }\n'),
    (
        "sql-text",
        "func f(mail string) { db.Query(fmt.Sprintf(\"SELECT 1 FROM a WHERE mail = '%s'\", mail)) }\n",
    ),
    ("sql-text", 'func f(mail string) { db.ExecContext(ctx, "DELETE FROM a WHERE mail = \'"+mail+"\'") }\n'),
    ("sql-input", 'func f(r *http.Request) { db.Query("SELECT 1 FROM a ORDER BY " + r.FormValue("by")) }\n'),
    ("tls-off", "var c = tls.Config{InsecureSkipVerify: true}\n"),
    ("tls-off", "func f(c *tls.Config) { c.InsecureSkipVerify = true }\n"),
    ("weak-hash", "func f(password string) { md5.Sum([]byte(password)) }\n"),
    ("broken-cipher", "func f(key []byte) { des.NewCipher(key) }\n"),
    ("guessable-random", "func f() { token := rand.Intn(100); _ = token }\n"),
    ("path-input", 'func f(r *http.Request) { os.Open("/srv/" + r.URL.Query().Get("file")) }\n'),
]
GO_QUIET = [
    'func f(a string) { exec.Command("ls", a).Run() }\n',
    'func f() { exec.Command("sh", "-c", "ls").Run() }\n',
    'func f() { a := "x"; exec.Command("sh", "-c", "ls "+a).Run() }\n',
    'func f(a int) { exec.Command("sh", "-c", fmt.Sprintf("kill %d", a)).Run() }\n',
    'func f(mail string) { db.Query("SELECT 1 FROM a WHERE mail = $1", mail) }\n',
    'func f(table string) { db.Query("SELECT 1 FROM " + table) }\n',
    'func f(n int) { db.Query(fmt.Sprintf("SELECT 1 FROM a WHERE n = %d", n)) }\n',
    "var c = tls.Config{InsecureSkipVerify: false}\n",
    "var c = tls.Config{InsecureSkipVerify: settings.Skip}\n",
    "func f(body []byte) { md5.Sum(body) }\n",
    "func f() { delay := rand.Intn(100); _ = delay }\n",
    "func f(name string) { os.Open(name) }\n",
    'func f(r *http.Request) { os.Open("/srv/" + filepath.Base(r.URL.Query().Get("file"))) }\n',
]
JAVA_FIRES = [
    ("shell-text", 'void f(String a) { Runtime.getRuntime().exec("ls " + a); }'),
    ("shell-input", 'void f(R request) { Runtime.getRuntime().exec("ls " + request.getParameter("a")); }'),
    (
        "unsafe-load",
        "Object f(I in) { ObjectInputStream s = new ObjectInputStream(in); return s.readObject(); }",
    ),
    ("unsafe-load", "Object f(I in) { return new ObjectInputStream(in).readObject(); }"),
    ("sql-text", 'void f(String mail) { st.executeQuery("SELECT 1 FROM a WHERE mail = \'" + mail + "\'"); }'),
    ("sql-input", 'void f(R req) { st.executeQuery("SELECT 1 FROM a ORDER BY " + req.getParameter("by")); }'),
    ("tls-off", "public void checkServerTrusted(X[] chain, String kind) { }"),
    ("tls-off", "void f(B builder) { builder.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE); }"),
    ("broken-cipher", 'void f() { Cipher.getInstance("DES/CBC/PKCS5Padding"); }'),
    ("broken-cipher", 'void f() { Cipher.getInstance("AES/ECB/PKCS5Padding"); }'),
    ("guessable-random", "void f() { int resetToken = new Random().nextInt(); }"),
    ("path-input", 'void f(R request) { new FileInputStream("/srv/" + request.getParameter("file")); }'),
]
JAVA_QUIET = [
    'void f(String a) { Runtime.getRuntime().exec(new String[] {"ls", a}); }',
    'void f() { String a = "x"; Runtime.getRuntime().exec("ls " + a); }',
    "Object f(MyStream s) { return s.readObject(); }",
    "Object f(I in) { ObjectInputStream s = new ObjectInputStream(in); s.setObjectInputFilter(x);"
    " ObjectInputFilter y; return s.readObject(); }",
    'void f(String mail) { st.executeQuery("SELECT 1 FROM a WHERE mail = ?", mail); }',
    "public void checkServerTrusted(X[] chain, String kind) { check(chain); }",
    'void f() { Cipher.getInstance("AES/GCM/NoPadding"); }',
    "void f() { int delay = new Random().nextInt(); }",
    "void f() { int resetToken = new SecureRandom().nextInt(); }",
    "void f(String name) { new FileInputStream(name); }",
]
RUBY_FIRES = [
    ("shell-text", 'def f(a)\n  system("ls #{a}")\nend\n'),
    ("shell-text", "def f(a)\n  `ls #{a}`\nend\n"),
    ("shell-text", "def f(a)\n  %x(ls #{a})\nend\n"),
    ("shell-input", 'def f\n  system("ls #{params[:a]}")\nend\n'),
    ("eval-input", "def f\n  eval(params[:code])\nend\n"),
    ("eval-input", "def f\n  params[:type].constantize\nend\n"),
    ("unsafe-load", "def f(a)\n  Marshal.load(a)\nend\n"),
    ("unsafe-load", "def f(a)\n  YAML.unsafe_load(a)\nend\n"),
    ("sql-text", "def f(mail)\n  User.where(\"mail = '#{mail}'\")\nend\n"),
    ("sql-text", "def f(mail)\n  connection.execute(\"DELETE FROM a WHERE mail = '#{mail}'\")\nend\n"),
    ("sql-input", 'def f\n  User.order("#{params[:by]} desc")\nend\n'),
    ("tls-off", "def f(http)\n  http.verify_mode = OpenSSL::SSL::VERIFY_NONE\nend\n"),
    ("weak-hash", "def f(password)\n  Digest::MD5.hexdigest(password)\nend\n"),
    ("broken-cipher", "c = OpenSSL::Cipher.new('DES-CBC')\n"),
    ("guessable-random", "def f\n  reset_token = rand(1000)\nend\n"),
    ("path-input", 'def f\n  File.read("/srv/#{params[:file]}")\nend\n'),
    ("unescaped-html", 'def f\n  "<b>#{params[:name]}</b>".html_safe\nend\n'),
]
RUBY_QUIET = [
    'def f(a)\n  system("ls", a)\nend\n',
    "def f\n  `ls -l`\nend\n",
    'def f\n  a = "x"\n  system("ls #{a}")\nend\n',
    'def f(a)\n  system("ls #{Shellwords.escape(a)}")\nend\n',
    'def f(a)\n  system("ls #{a.shellescape}")\nend\n',
    "def f(a)\n  Marshal.load(Marshal.dump(a))\nend\n",
    "def f(a)\n  YAML.load(a)\nend\n",
    'def f(mail)\n  User.where("mail = ?", mail)\nend\n',
    'def f(table)\n  connection.execute("DELETE FROM #{table}")\nend\n',
    'def f(mail)\n  connection.execute("DELETE FROM a WHERE mail = #{connection.quote(mail)}")\nend\n',
    "def f(http)\n  http.verify_mode = OpenSSL::SSL::VERIFY_PEER\nend\n",
    "def f(body)\n  Digest::MD5.hexdigest(body)\nend\n",
    "def f\n  SecureRandom.rand(1000)\nend\n",
    'def f(name)\n  File.read("/srv/#{name}")\nend\n',
    'def f(name)\n  "<b>#{name}</b>".html_safe\nend\n',
]


def _java(method: str) -> str:
    return f"class A {{\n  {method}\n}}\n"


FIRES = [
    *(("a.py", form, source) for form, source in PYTHON_FIRES),
    *(("a.ts", form, source) for form, source in SCRIPT_FIRES),
    *(("a.go", form, GO + source) for form, source in GO_FIRES),
    *(("A.java", form, _java(source)) for form, source in JAVA_FIRES),
    *(("a.rb", form, source) for form, source in RUBY_FIRES),
    (
        "a.jsx",
        "unescaped-html",
        "const a = (user) => <p dangerouslySetInnerHTML={{ __html: `<b>${user.name}</b>` }} />\n",
    ),
]
QUIET = [
    *(("a.py", source) for source in PYTHON_QUIET),
    *(("a.ts", source) for source in SCRIPT_QUIET),
    *(("a.go", GO + source) for source in GO_QUIET),
    *(("A.java", _java(source)) for source in JAVA_QUIET),
    *(("a.rb", source) for source in RUBY_QUIET),
    ("a.jsx", "const a = (x) => <p dangerouslySetInnerHTML={{ __html: sanitize(x) }} />\n"),
]


@pytest.mark.parametrize(("path", "form", "source"), FIRES)
def test_a_dangerous_call_is_told(hazards: Hazards, path: str, form: str, source: str) -> None:
    assert [found.split()[:2] for found in hazards({}, {path: source})] == [["dangerous-call", form]]


@pytest.mark.parametrize(("path", "source"), QUIET)
def test_a_near_miss_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards({}, {path: source}) == []


@pytest.mark.parametrize("path", ["tests/a.py", "docs/a.py", "examples/a.py", "vendor/a.py", "scripts/a.py"])
def test_what_no_stranger_reaches_is_left_alone(hazards: Hazards, path: str) -> None:
    assert hazards({}, {path: "import os\ndef f(name):\n    os.system('rm ' + name)\n"}) == []


def test_the_call_is_told_when_only_the_text_changed(hazards: Hazards) -> None:
    before = "import os\ndef f(name):\n    os.system(\n        'ls'\n    )\n"
    found = hazards({"a.py": before}, {"a.py": before.replace("'ls'", "f'ls {name}'")})
    assert found == ["dangerous-call shell-text a.py:3"]


def test_a_change_elsewhere_in_a_long_call_is_not_about_it(hazards: Hazards) -> None:
    before = "import os\ndef f(name):\n    os.system(\n        f'ls {name}',\n        1,\n    )\n"
    assert hazards({"a.py": before}, {"a.py": before.replace("1,", "2,")}) == []


def test_each_form_has_words_and_each_word_a_case() -> None:
    assert {form for _, form, _ in FIRES} == set(FORMS)

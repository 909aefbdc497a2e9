from collections.abc import Callable

import pytest

from reviewer.domain.hazard import HazardEvidence
from reviewer.stages.rules.swallowed_error import FORMS

Hazards = Callable[..., list[str]]
Evidence = Callable[..., HazardEvidence]

GO = 'package a\nimport (\n"encoding/json"\n"os"\n)\n'
ERROR = "func f() error {\nerr := g()\n"
JAVA = "class A { void f() {\n"

FIRES = [
    ("caught-all", "a.py", "try:\n    f()\nexcept Exception:\n    pass\n"),
    ("caught-all", "a.py", "try:\n    f()\nexcept:\n    ...\n"),
    ("caught-all", "a.py", "try:\n    x = f()\nexcept (KeyError, BaseException) as e:\n    pass\n"),
    ("suppressed-all", "a.py", "from contextlib import suppress\nwith suppress(Exception):\n    f()\n"),
    ("suppressed-all", "a.py", "import contextlib\nwith contextlib.suppress(OSError, BaseException):\n    f()\n"),
    ("empty-catch", "a.js", "try { save(x); tell(); } catch (e) {}\n"),
    ("empty-catch", "a.tsx", "try {\n  await save(x);\n} catch {\n}\n"),
    ("empty-rejection", "a.ts", "save(x).catch(() => {});\n"),
    ("empty-rejection", "a.js", "save(x).then(tell).catch(function (e) {});\n"),
    ("empty-branch", "a.go", GO + ERROR + "if err != nil {\n}\nreturn nil\n}\n"),
    ("returned-nil", "a.go", GO + ERROR + "if err != nil {\nreturn nil\n}\nreturn h()\n}\n"),
    ("returned-nil", "a.go", GO + "func f() (*T, error) {\nif err := g(); err != nil {\nreturn nil, nil\n}\n"
    "return h()\n}\n"),
    ("ignored-result", "a.go", GO + "func f() {\njson.Unmarshal(raw, &x)\n}\n"),
    ("ignored-result", "a.go", GO + "func f() {\nos.WriteFile(p, raw, 0o600)\n}\n"),
    ("empty-catch", "A.java", JAVA + "try { save(); } catch (Exception e) {}\n} }\n"),
    ("empty-catch", "A.java", JAVA + "try { save(); } catch (IOException | RuntimeException e) {}\n} }\n"),
    ("lost-interrupt", "A.java", JAVA + "try { Thread.sleep(1); } catch (InterruptedException e) {}\n} }\n"),
    ("lost-interrupt", "A.java", JAVA + "try { w(); } catch (InterruptedException e) { log.warn(x); }\n} }\n"),
    ("empty-rescue", "a.rb", "begin\n  save\nrescue => e\nend\n"),
    ("empty-rescue", "a.rb", "def f\n  save\nrescue StandardError\nend\n"),
    ("rescued-exception", "a.rb", "begin\n  save\nrescue Exception => e\n  @failed = true\nend\n"),
    ("rescue-nil", "a.rb", "def f\n  save rescue nil\n  1\nend\n"),
]  # fmt: skip

QUIET = [
    ("a.py", "try:\n    f()\nexcept FileNotFoundError:\n    pass\n"),
    ("a.py", "try:\n    f()\nexcept Exception:\n    pass  # best effort\n"),
    ("a.py", "try:\n    f()\nexcept Exception:\n    # best effort\n    pass\n"),
    ("a.py", "# best effort\ntry:\n    f()\nexcept Exception:\n    pass\n"),
    ("a.py", "try:\n    f()\nexcept Exception as e:\n    log(e)\n"),
    ("a.py", "try:\n    f()\nexcept Exception:\n    raise\n"),
    ("a.py", "try:\n    import fast\nexcept Exception:\n    pass\n"),
    ("a.py", "try:\n    x.close()\nexcept Exception:\n    pass\n"),
    ("a.py", "try:\n    f()\nfinally:\n    try:\n        g()\n    except Exception:\n        pass\n"),
    ("a.py", "class A:\n    def __del__(self):\n        try:\n            f()\n        except Exception:\n"
    "            pass\n"),
    ("a.py", "try:\n    f()\nexcept Exception:\n    pass\nelse:\n    g()\n"),
    ("a.py", "from contextlib import suppress\nwith suppress(KeyError):\n    f()\n"),
    ("a.py", "from ours import suppress\nwith suppress(Exception):\n    f()\n"),
    ("tests/test_a.py", "try:\n    f()\nexcept Exception:\n    pass\n"),
    ("a.js", "try { save(x); tell(); } catch (e) { /* no matter */ }\n"),
    ("a.js", "try { save(x); tell(); } catch (e) { warn(e); }\n"),
    ("a.js", "function f() { try { return JSON.parse(x); } catch {} return null; }\n"),
    ("a.js", "let y = null; try { y = JSON.parse(x); } catch {}\n"),
    ("a.js", "try { socket.close(); } catch {}\n"),
    ("a.ts", "// no matter\nsave(x).catch(() => {});\n"),
    ("a.ts", "save(x).catch(() => null);\n"),
    ("a.ts", "stream.cancel().catch(() => {});\n"),
    ("a.ts", "x.catch(y);\n"),
    ("a.go", GO + ERROR + "if err != nil {\n// no matter\n}\nreturn nil\n}\n"),
    ("a.go", GO + ERROR + "if err != nil {\nreturn err\n}\nreturn nil\n}\n"),
    ("a.go", GO + ERROR + "if errors.Is(err, x) {\nreturn err\n}\nif err != nil {\nreturn nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + ERROR + "if err != nil {\nlog.Print(err)\nreturn nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + ERROR + "log.Print(err)\nif err != nil {\nreturn nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + "func f() *T {\nerr := g()\nif err != nil {\nreturn nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + "func f() (bool, error) {\nif err := g(); err != nil {\nreturn false, nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + "func f() {\n_ = json.Unmarshal(raw, &x)\n}\n"),
    ("a.go", GO + "func f() {\ndefer os.Remove(p)\n}\n"),
    ("A.java", JAVA + "try { save(); } catch (IOException e) {}\n} }\n"),
    ("A.java", JAVA + "try { save(); } catch (Exception ignored) {}\n} }\n"),
    ("A.java", JAVA + "try { save(); } catch (Exception e) { // no matter\n}\n} }\n"),
    ("A.java", JAVA + "try { s.close(); } catch (Exception e) {}\n} }\n"),
    ("A.java", JAVA + "try { w(); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }\n} }\n"),
    ("A.java", JAVA + "try { w(); } catch (InterruptedException e) { return; }\n} }\n"),
    ("A.java", "class A { static void main(String[] a) {\ntry { w(); } catch (InterruptedException e) {}\n} }\n"),
    ("A.java", "class A { void doClose() {\ntry { w(); } catch (InterruptedException e) {}\n} }\n"),
    ("a.rb", "begin\n  save\nrescue KeyError\nend\n"),
    ("a.rb", "begin\n  Time.parse(x)\nrescue StandardError\nend\n"),
    ("a.rb", "# no matter\nbegin\n  save\nrescue StandardError\nend\n"),
    ("a.go", GO + "func tryF() error {\nerr := g()\nif err != nil {\nreturn nil\n}\nreturn h()\n}\n"),
    ("a.go", GO + "func f() error {\nn, err := strconv.ParseInt(x)\nif err != nil {\nreturn nil\n}\nreturn h(n)\n"
    "}\n"),
    ("a.rb", "begin\n  save\nrescue => e\n  # no matter\nend\n"),
    ("a.rb", "def f\n  error = nil\n  begin\n    save\n  rescue => error\n  end\n  raise error if error\nend\n"),
    ("a.rb", "begin\n  save\nrescue Exception => e\n  raise\nend\n"),
    ("a.rb", "begin\n  save\nrescue Exception => e\n  report(e)\nend\n"),
    ("a.rb", "def f\n  Integer(x) rescue nil\nend\n"),
    ("a.rb", "def f\n  x = Integer(y) rescue nil\n  x\nend\n"),
    ("a.rb", "def f\n  File.unlink(x) rescue nil\n  1\nend\n"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "path", "source"), FIRES)
def test_an_error_that_nobody_hears_of_is_told(hazards: Hazards, form: str, path: str, source: str) -> None:
    assert [found.rsplit(":", 1)[0] for found in hazards({}, {path: source})] == [
        f"swallowed-error {form} {path}"
    ]


@pytest.mark.parametrize(("path", "source"), QUIET)
def test_what_is_meant_or_handled_is_silence(hazards: Hazards, path: str, source: str) -> None:
    assert hazards({}, {path: source}) == []


def test_a_handler_that_stays_while_its_try_changes_is_no_news(hazards: Hazards) -> None:
    before = "try:\n    f()\n    g()\nexcept Exception:\n    pass\n"
    assert hazards({"a.py": before}, {"a.py": before.replace("g()", "h()")}) == []


def test_every_form_has_words_and_every_word_is_produced() -> None:
    assert {form for form, _, _ in FIRES} == set(FORMS)

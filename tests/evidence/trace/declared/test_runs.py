import pytest

from reviewer.evidence.trace.declared.read import declared_entries

WORKFLOW = ".github/workflows/nightly.yml"


def told(path: str, text: str) -> list[tuple[str, str]]:
    """Target, and sort with label."""
    lines = text.split("\n")
    found = declared_entries(path, lines).entries
    assert all(each.entry.quote == lines[each.entry.line - 1] for each in found)
    return [(each.target, f"{each.entry.sort}: {each.entry.label}") for each in found]


@pytest.mark.parametrize(
    ("path", "text", "target", "entry"),
    [
        (WORKFLOW, "- name: Sync\n  run: python tools/sync.py", "tools/sync.py", "job: workflow nightly.yml: Sync"),
        (WORKFLOW, "  run: |\n    cd x && node ./ci/a.mjs", "ci/a.mjs", "job: workflow nightly.yml"),
        ("Dockerfile", 'CMD ["python", "-m", "shop.worker"]', "shop.worker:", "main: container Dockerfile"),
        ("api/Dockerfile", "ENTRYPOINT node server.js", "api/server.js", "main: container Dockerfile"),
        ("a.Dockerfile", 'CMD ["gunicorn", "shop.web:make"]', "shop.web:make", "main: container a.Dockerfile"),
        ("Procfile", "clock: ruby lib/clock.rb", "lib/clock.rb", "main: process clock"),
        ("Procfile", "web: uvicorn app.main:app --port $PORT", "app.main:app", "main: process web"),
        ("Makefile", "sync: deps\n\tpython3 -u tools/sync.py", "tools/sync.py", "command: make sync"),
        ("etc/cron.d/nightly", "5 4 * * * root /usr/bin/python3 jobs/a.py", "etc/jobs/a.py", "job: cron nightly"),
        ("crontab", "@daily ./jobs/a.py", "jobs/a.py", "job: cron crontab"),
    ],
)  # fmt: skip
def test_what_starts_a_program_is_told(path: str, text: str, target: str, entry: str) -> None:
    assert told(path, text) == [(target, entry)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (WORKFLOW, "  # run: python tools/sync.py"),
        (WORKFLOW, "- name: python tools/sync.py"),
        (WORKFLOW, "    paths: [tools/sync.py]"),
        (WORKFLOW, "  run: pip install tool"),
        ("config/workflows/nightly.yml", "run: python tools/sync.py"),
        ("Dockerfile", "COPY tools/sync.py /app/"),
        ("Dockerfile", "RUN apt-get install python"),
        ("Makefile", "FILES = tools/sync.py"),
        ("docs/Procfile.md", "web: python app.py"),
    ],
)
def test_what_only_names_a_file_starts_nothing(path: str, text: str) -> None:
    assert told(path, text) == []

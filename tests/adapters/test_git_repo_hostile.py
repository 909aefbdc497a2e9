"""Repositories whose own configuration, attributes, refs or trees want to run something or hide something."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from reviewer.adapters.git_repo import GitRepository
from reviewer.errors import RepositoryError
from reviewer.testing.git_builder import RepositoryBuilder

OLD = {
    "a.py": "".join(f"line {number}\n" for number in range(40)),
    "b.txt": "one\n\ntwo\n",
    "moved.py": "m\n" * 9,
}
NEW: Mapping[str, str | None] = {
    "a.py": OLD["a.py"].replace("line 3\n", "LINE 3\n").replace("line 13\n", " line  13\n"),
    "b.txt": "one \n\n2\n",
    "moved.py": None,
    "there.py": "m\n" * 9 + "n\n",
}


def grown(path: Path) -> tuple[RepositoryBuilder, str, str]:
    builder = RepositoryBuilder(path)
    return builder, builder.commit(OLD), builder.commit(NEW, message="new", submodules={"sub": "2" * 40})


def everything(repo: GitRepository, old: str, new: str) -> list[object]:
    entries = repo.changed_paths(old, new)
    blobs = [entry.object_id for entry in repo.tree(new) if entry.mode[0:3] == "100"]
    return [
        repo.resolve("HEAD"),
        repo.resolve("main~1"),
        repo.merge_base(old, new),
        entries,
        repo.patch(old, new, [path for entry in entries for path in (entry.old_path, entry.new_path)]),
        repo.tree(new),
        [
            repo.blob(entry.object_id, limit_bytes=10_000)
            for entry in repo.tree(new)
            if entry.mode[0:3] == "100"
        ],
        repo.grep(new, ["line", "m"], whole_words=True, limit=1000),
        repo.blob_sizes(blobs),
        list(repo.blobs(blobs, limit_bytes=100)),
        repo.blobs_with(blobs, ["line", "m"], whole_words=True),
        repo.commits(old, new, limit=10),
    ]


def trap(path: Path) -> tuple[Path, str]:
    """A program that leaves a sentinel file when it is run."""
    sentinel, program = path / "sentinel", path / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch '{sentinel}'\n")
    program.chmod(0o755)
    return sentinel, str(program)


def runs(program: str) -> dict[str, str]:
    names = ["diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
             "filter.evil.process", "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass",
             "core.gitProxy", "core.alternateRefsCommand", "credential.helper", "gpg.program", "pager.diff-tree",
             "remote.origin.uploadpack", "sequence.editor", "uploadpack.packObjectsHook"]  # fmt: skip
    aliases = {
        f"alias.{name}": f"!{program}" for name in ("diff-tree", "rev-parse", "cat-file", "grep", "ls-tree")
    }
    return dict.fromkeys(names, program) | aliases


CHANGES_OUTPUT = {
    "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.srcPrefix": "x/", "diff.algorithm": "patience",
    "diff.renames": "false", "diff.renameLimit": "1", "diff.context": "0", "diff.interHunkContext": "99",
    "diff.orderFile": "order", "diff.ignoreSubmodules": "all", "diff.submodule": "log", "diff.relative": "true",
    "diff.suppressBlankEmpty": "true", "diff.wordRegex": ".", "diff.indentHeuristic": "false",
    "diff.colorMoved": "zebra", "color.ui": "always", "color.diff": "always", "diff.statGraphWidth": "1",
    "core.quotePath": "false", "core.abbrev": "4", "core.bigFileThreshold": "1", "core.whitespace": "cr-at-eol",
    "core.autocrlf": "true", "core.eol": "crlf", "core.attributesFile": "attributes", "core.worktree": "/nonexistent",
    "core.bare": "false", "grep.lineNumber": "false", "grep.fullName": "false", "grep.patternType": "perl",
    "grep.fallbackToNoIndex": "true", "grep.column": "true", "log.showSignature": "true", "log.follow": "true",
    "i18n.logOutputEncoding": "UTF-16", "submodule.recurse": "true", "core.commentChar": "x",
}  # fmt: skip


def test_no_configuration_of_the_repository_runs_anything_or_changes_an_answer(tmp_path: Path) -> None:
    builder, old, new = grown(tmp_path / "house")
    with GitRepository.open(builder.path) as repo:
        clean = everything(repo, old, new)
    sentinel, program = trap(tmp_path)
    builder.git("reset", "--hard", "-q")
    (builder.path / ".git/info").mkdir(exist_ok=True)
    (builder.path / ".git/info/attributes").write_text("* diff=evil filter=evil\n")
    (builder.path / "attributes").write_text("* -diff -text binary\n")
    (builder.path / "order").write_text("z*\n")
    for hook in ("post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (builder.path / ".git/hooks").mkdir(exist_ok=True)
        (builder.path / ".git/hooks" / hook).write_text(Path(program).read_text())
        (builder.path / ".git/hooks" / hook).chmod(0o755)
    for name, value in runs(program).items():
        builder.git("config", name, value)
    with suppress(RuntimeError):
        builder.git("diff", "HEAD~1")
    assert sentinel.exists(), "the trap itself does not work"
    sentinel.unlink()
    (builder.path / ".git/more").write_text(f"[diff]\n\texternal = {program}\n")
    builder.git("config", "include.path", "more")
    for name, value in CHANGES_OUTPUT.items():
        builder.git("config", name, value)
    with GitRepository.open(builder.path) as repo:
        assert everything(repo, old, new) == clean
    assert not sentinel.exists()


@pytest.mark.parametrize(
    "attribute", ["-diff", "binary", "-text", "diff=evil", "linguist-generated", "export-ignore"]
)
def test_a_change_cannot_mark_its_own_file_unreadable(tmp_path: Path, attribute: str) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    old = builder.commit({"a.py": "1\n", ".gitattributes": f"* {attribute}\n", "sub/.gitattributes": "x\n"})
    new = builder.commit({"a.py": "2\n", "sub/.gitattributes": f"* {attribute}\n"})
    (builder.path / ".git/info").mkdir(exist_ok=True)
    (builder.path / ".git/info/attributes").write_text(f"* {attribute}\n")
    with GitRepository.open(builder.path) as repo:
        assert b"-1\n+2\n" in repo.patch(old, new, [b"a.py"])
        assert len(repo.grep(new, ["2"], whole_words=True, limit=9)) == 1
        [blob] = [entry.object_id for entry in repo.tree(new) if entry.path == b"a.py"]
        assert repo.blobs_with([blob], ["2"], whole_words=True) == [blob]


def test_replace_refs_and_grafts_show_no_other_history(tmp_path: Path) -> None:
    builder, old, new = grown(tmp_path / "house")
    with GitRepository.open(builder.path) as repo:
        clean = everything(repo, old, new)
    harmless = builder.commit({}, parents=[old], branch="harmless")
    builder.git("replace", new, harmless)
    (builder.path / ".git/info").mkdir(exist_ok=True)
    (builder.path / ".git/info/grafts").write_text(f"{new}\n")
    with GitRepository.open(builder.path) as repo:
        assert everything(repo, old, new) == clean


def test_a_forged_commit_graph_changes_no_ancestry(tmp_path: Path) -> None:
    builder, old, new = grown(tmp_path / "house")
    top = builder.commit({"more": "1\n"})
    builder.git("commit-graph", "write", "--reachable")
    graph = builder.path / ".git/objects/info/commit-graph"
    raw = bytearray(graph.read_bytes())
    # an entry of the commit data is the tree's id, then the place of the first parent; this means none
    place = raw.index(bytes.fromhex(builder.git("rev-parse", f"{new}^{{tree}}"))) + 20
    raw[place : place + 4] = b"\x70\0\0\0"
    graph.chmod(0o600)
    graph.write_bytes(raw)
    with pytest.raises(RuntimeError):
        builder.git("merge-base", old, top)  # git itself believes it
    with GitRepository.open(builder.path) as repo:
        assert repo.merge_base(old, top) == old
        assert repo.resolve("main~2") == old


def test_nothing_inherited_from_the_environment_reaches_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder, old, new = grown(tmp_path / "house")
    with GitRepository.open(builder.path) as repo:
        clean = everything(repo, old, new)
    sentinel, program = trap(tmp_path)
    (tmp_path / ".gitconfig").write_text(f"[diff]\n\texternal = {program}\n\tnoprefix = true\n")
    inherited = {
        "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "GIT_DIR": "/nonexistent", "GIT_INDEX_FILE": "/x",
        "GIT_EXTERNAL_DIFF": program, "GIT_PAGER": program, "GIT_OBJECT_DIRECTORY": "/nonexistent",
        "GIT_WORK_TREE": "/nonexistent", "GIT_NAMESPACE": "x", "GIT_DIFF_OPTS": "--unified=0",
        "GIT_TRACE": str(tmp_path / "trace"), "GIT_CONFIG_GLOBAL": str(tmp_path / ".gitconfig"),
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "diff.noprefix", "GIT_CONFIG_VALUE_0": "true",
        "GIT_CEILING_DIRECTORIES": "/", "GIT_LITERAL_PATHSPECS": "0", "GIT_ATTR_SOURCE": new,
    }  # fmt: skip
    for name, value in inherited.items():
        monkeypatch.setenv(name, value)
    with GitRepository.open(builder.path) as repo:
        assert everything(repo, old, new) == clean
    assert not sentinel.exists()
    assert not (tmp_path / "trace").exists()


def test_a_missing_object_is_never_fetched(tmp_path: Path) -> None:
    sentinel, program = trap(tmp_path)
    builder = RepositoryBuilder(tmp_path / "house")
    old, new = builder.commit({"a.py": "1\n"}), builder.commit({"a.py": "2\n"})
    missing = builder.git("rev-parse", "main:a.py")
    for name, value in {
        "extensions.partialClone": "origin", "core.repositoryFormatVersion": "1", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{program}", "protocol.ext.allow": "always", "protocol.allow": "always",
        "remote.origin.uploadpack": program,
    }.items():  # fmt: skip
        builder.git("config", name, value)
    for gone in (missing, old):
        (builder.path / ".git/objects" / gone[:2] / gone[2:]).unlink()
    with pytest.raises(RuntimeError):
        builder.git("cat-file", "-p", missing)
    assert sentinel.exists(), "the trap itself does not work"
    sentinel.unlink()
    with GitRepository.open(builder.path) as repo:
        for ask in (
            lambda: repo.blob_size(missing),
            lambda: repo.blob(missing, limit_bytes=9),
            lambda: repo.resolve("main~1"),
            lambda: repo.resolve(old),
            lambda: repo.patch(old, new, [b"a.py"]),
            lambda: repo.grep(new, ["2"], whole_words=True, limit=9),
            lambda: repo.blob_sizes([missing]),
            lambda: list(repo.blobs([missing], limit_bytes=9)),
            lambda: repo.blobs_with([missing], ["2"], whole_words=True),
        ):
            with pytest.raises(RepositoryError):
                ask()
    assert not sentinel.exists()


def test_an_embedded_bare_repository_runs_nothing(tmp_path: Path) -> None:
    sentinel, program = trap(tmp_path)
    builder, old, new = grown(tmp_path / "house")
    embedded = RepositoryBuilder(builder.path / "inner", bare=True)
    head = embedded.commit({"a": "1\n"})
    for name, value in runs(program).items():
        embedded.git("config", name, value)
    files = {path.relative_to(builder.path).as_posix(): path.read_bytes()
             for path in embedded.path.rglob("*") if path.is_file()}  # fmt: skip
    with_it = builder.commit(files)
    with GitRepository.open(builder.path) as repo:
        entries = repo.changed_paths(new, with_it)
        assert b"inner/config" in {entry.new_path for entry in entries}
        repo.patch(new, with_it, [entry.new_path for entry in entries])
    with GitRepository.open(embedded.path) as repo:
        assert repo.resolve("HEAD") == head
        assert len(repo.grep(head, ["1"], whole_words=True, limit=9)) == 1
    assert old
    assert not sentinel.exists()


def test_names_that_lead_outside_are_only_names(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "house")
    base = builder.commit({"a": "1\n"})
    entries: list[tuple[str, bytes, bytes | str]] = [
        ("100644", b"../../escape", b"x\n"),
        ("100644", b".git/config", b"[core]\n"),
        ("120000", b"loop", b"loop"),
        ("120000", b"out", b"/etc/passwd"),
    ]
    head = builder.commit_tree(entries, parents=[base])
    with GitRepository.open(builder.path) as repo:
        assert {entry.path for entry in repo.tree(head)} == {path for _, path, _ in entries}
        assert b"+/etc/passwd" in repo.patch(base, head, [b"out"])
        assert repo.grep(head, ["root"], whole_words=False, limit=9) == []

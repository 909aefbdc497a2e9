"""Makes a commit out of a diff, in a view of the repository and never in the repository."""

import re

from reviewer.adapters.git_repo.command import GitCommand, failure
from reviewer.adapters.git_repo.view import View
from reviewer.errors import DiffDoesNotApplyError, EmptyRangeError

_COMBINED = re.compile(rb"^diff --(?:cc|combined) ", re.MULTILINE)

_NOBODY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "reviewer"), ("EMAIL", "reviewer@invalid"), ("DATE", "@0 +0000"))
}
"""The same base and diff give the same commit id, whoever applies it and when."""


def commit_of_diff(view: View, base: str, diff: bytes) -> str:
    """The id of a commit on `base` that changes what `diff` changes; its message is empty."""
    if not diff.strip():
        raise EmptyRangeError("the diff is empty", advice="Give a diff that changes something.")
    if combined := _COMBINED.search(diff):
        line = diff.count(b"\n", 0, combined.start()) + 1
        # `git apply` would pass over it without a word, and the rest would be reviewed as if it were all
        raise DiffDoesNotApplyError(f"the diff, line {line}: a combined diff of a merge cannot be applied")
    git = GitCommand(
        view.contents.git_dir,
        view.contents.home,
        {"GIT_INDEX_FILE": str(view.folder / "index"), **_NOBODY},
    )
    git.output(["read-tree", base])
    arguments = ["apply", "--cached", "--whitespace=nowarn", "-p1", "-"]
    done = git.run(arguments, stdin=diff)
    if done.code < 0:
        raise failure(arguments, done.code, done.problem)
    if done.code != 0:
        raise DiffDoesNotApplyError(f"the diff does not apply to {base[:12]}: {done.problem}")
    tree = _id_in(git.output(["write-tree"]))
    if tree == _id_in(git.output(["rev-parse", "--verify", "--end-of-options", f"{base}^{{tree}}"])):
        raise EmptyRangeError(f"the diff changes nothing at {base[:12]}")
    return _id_in(git.output(["commit-tree", tree, "-p", base]))


def _id_in(output: bytes) -> str:
    return output.decode("ascii").strip()

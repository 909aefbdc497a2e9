"""A plan as a shell script that makes its branches, from objects that the repository has already.

The script holds no content of the change: ids, line numbers, modes and quoted names only. It uses an index of its
own, so neither the work tree nor the user's index is touched, and it ends at the first thing that is not as planned.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence

from reviewer.domain.change import FileChange, Side, Snapshot
from reviewer.domain.split_plan import SplitPlan
from reviewer.domain.text import path_bytes
from reviewer.evidence.workspace import Workspace
from reviewer.screening.outgoing import screened
from reviewer.stages.split.between import content_of
from reviewer.stages.split.pieces import FileState, Piece, state_with

_PLAIN = re.compile(rb"[A-Za-z0-9_./@+,=: ()-]")

_BEGINNING = """\
#!/bin/sh
# Makes {count} branches, {first} to {last}, each on top of the one before it.
# Run it inside the repository. It touches neither the work tree nor the index, and makes all branches or none.
set -eu
LC_ALL=C
GIT_INDEX_FILE=$(mktemp "${{TMPDIR:-/tmp}}/split.XXXXXX")
export LC_ALL GIT_INDEX_FILE
trap 'rm -f "$GIT_INDEX_FILE" "$GIT_INDEX_FILE.lock"' EXIT
rm -f "$GIT_INDEX_FILE"
fail() {{ echo "split: $1" >&2; exit 1; }}
lines() {{ git cat-file blob "$1" | tail -n "+$2" | head -n "$3"; }}
rest() {{ git cat-file blob "$1" | tail -n "+$2"; }}
is() {{ test "$1" = "$2" || fail "$3 is not as planned"; }}
git read-tree {base}
c0={base}"""


def branch_script(plan: SplitPlan, snapshot: Snapshot, workspace: Workspace, *, name: str) -> str:
    """The script, ASCII only; branches are called `name-1` and so on. A plan without parts is a `ValueError`.

    `name` is the beginning of a valid branch name, which the caller has checked.
    """
    if not plan.parts:
        raise ValueError("a plan without parts has no branches")
    files = {file.path: file for file in snapshot.files}
    count = len(plan.parts)
    told = [_BEGINNING.format(count=count, first=f"{name}-1", last=f"{name}-{count}", base=plan.base)]
    done: set[str] = set()
    for number, part in enumerate(plan.parts, start=1):
        before = frozenset(done)
        done |= set(part.units)
        message = _escaped(screened(part.title).encode())
        told.append("")
        told.append(f"# part {number} of {count}")
        told += _steps([files[file.path] for file in part.files], before, done, workspace)
        told.append("tree=$(git write-tree)")
        told.append(f'c{number}=$(printf \'{message}\\n\' | git commit-tree "$tree" -p "$c{number - 1}")')
    told += ["", f'is "$tree" "$(git rev-parse "{plan.head}^{{tree}}")" "the last tree"', "{"]
    told += [f"echo 'create refs/heads/{name}-{number}' \"$c{number}\"" for number in range(1, count + 1)]
    told.append("} | git update-ref --stdin")
    return "\n".join(told) + "\n"


def _steps(
    files: Sequence[FileChange], before: Collection[str], after: Collection[str], workspace: Workspace
) -> Iterator[str]:
    """Lines that bring the index from one part to the next: new contents, paths that go, then those that come."""
    gone, come = [], []
    for number, file in enumerate(files):
        old, new = state_with(file, before), state_with(file, after)
        blob = new.blob
        if new.pieces:
            content = content_of(file, after, workspace)
            blob = f"$b{number}"
            yield f"b{number}=$({{ {_made_of(new, file)}; }} | git hash-object -w --stdin)"
            yield f"is \"{blob}\" {_blob_id(content, like=str(file.old_blob))} '{_escaped(path_bytes(file.path))}'"
        if old.path is not None and old.path != new.path:
            gone.append(
                f"printf '0 {'0' * len(workspace.revisions.head)}\\t{_escaped(path_bytes(old.path))}\\000'"
            )
        if new.path is not None:
            come.append(f"printf '%s %s\\t{_escaped(path_bytes(new.path))}\\000' {new.mode} \"{blob}\"")
    yield "{"
    yield from gone
    yield from come
    yield "} | git update-index -z --index-info"


def _made_of(state: FileState, file: FileChange) -> str:
    return "; ".join(_piece(piece, file) for piece in state.pieces)


def _piece(piece: Piece, file: FileChange) -> str:
    blob = file.old_blob if piece.side is Side.BASE else file.new_blob
    if piece.last_line is None:
        return f"rest {blob} {piece.first_line}"
    return f"lines {blob} {piece.first_line} {piece.last_line - piece.first_line + 1}"


def _blob_id(content: bytes, *, like: str) -> str:
    """The id that git gives to the content, in the repository's own format."""
    kind = "sha1" if len(like) == len("0" * 40) else "sha256"
    return hashlib.new(kind, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _escaped(raw: bytes) -> str:
    """`raw` for a format of printf between single quotes: what is not plain in octal."""
    return "".join(chr(byte) if _PLAIN.match(bytes([byte])) else f"\\{byte:03o}" for byte in raw)

"""What git prints is taken apart the same way wherever the pieces of a stream end."""

import pytest

from reviewer.adapters.git_repo.parse import grep_hits, tree_entries
from reviewer.errors import RepositoryError

_HITS = [(b"a\nb.py", 3, b"x = 1"), (b"c.py", 44, b""), (b"d", 1, b"y" * 3000), (b"e", 2, b"z\0w")]
_OUTPUT = b"".join(b"ab12:%b\0%d\0%b\n" % hit for hit in _HITS)


@pytest.mark.parametrize("size", [1, 2, 7, 40, 10_000])
def test_hits_do_not_depend_on_where_a_piece_of_the_stream_ends(size: int) -> None:
    pieces = [_OUTPUT[at : at + size] for at in range(0, len(_OUTPUT), size)]
    hits = [(hit.path, hit.line, hit.text) for hit in grep_hits(iter(pieces), "ab12")]
    assert hits == [(path, line, text[:1000]) for path, line, text in _HITS]


@pytest.mark.parametrize("output", [b"other:p\0001\0x\n", b"ab12:q\0x\0y\n", _OUTPUT + b"ab12:q\0"])
def test_output_of_another_form_is_an_error_not_the_end_of_the_hits(output: bytes) -> None:
    with pytest.raises(RepositoryError):
        list(grep_hits(iter([output]), "ab12"))


@pytest.mark.parametrize("output", [b"100644 blob ab\tp", b"x\0", b"100644 blob ab\tp\0x"])
def test_a_tree_of_another_form_is_an_error_not_a_shorter_tree(output: bytes) -> None:
    with pytest.raises(RepositoryError):
        tree_entries(output)

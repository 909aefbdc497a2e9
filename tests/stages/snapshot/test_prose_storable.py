from reviewer.domain.change import Origin
from reviewer.stages import snapshot
from reviewer.testing.memory_git import MemoryGit

TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6"


def test_a_credential_in_the_words_is_taken_out_before_anything_can_store_it() -> None:
    git = MemoryGit()
    base = git.commit({"a": "1"})
    head = git.commit({"a": "2"}, message=f"Use {TOKEN}\n\nIt is {TOKEN}.")
    for title, body in ((None, None), (f"t {TOKEN}", f"b {TOKEN}")):
        change = snapshot.take(git, base=base, head=head, origin=Origin.LOCAL_RANGE, title=title, body=body)
        assert TOKEN not in change.model_dump_json()
        assert "[secret: GitHub token]" in change.prose.title


def test_half_a_character_in_the_words_is_shown_and_stops_nothing() -> None:
    git = MemoryGit()
    base, head = git.commit({"a": "1"}), git.commit({"a": "2"})
    change = snapshot.take(
        git, base=base, head=head, origin=Origin.LOCAL_RANGE, title="a\ud800b", body="\udfff"
    )
    assert (change.prose.title, change.prose.body) == ("a\\ud800b", "\\udfff")

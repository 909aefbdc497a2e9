"""Which files a detector looks at."""

from collections.abc import Callable

from reviewer.evidence.literals.roles import is_foreign, is_test
from reviewer.evidence.syntax.languages import language_of


def code_in(*languages: str, tests: bool = True) -> Callable[[str], bool]:
    """True for paths of these languages that the repository's own people write; `tests` says whether tests count."""

    def applies(path: str) -> bool:
        return language_of(path) in languages and not is_foreign(path) and (tests or not is_test(path))

    return applies

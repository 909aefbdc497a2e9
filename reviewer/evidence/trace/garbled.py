"""Tells whether a file that was understood in part can hide a use of a definition that is gone or altered."""

import re
from collections.abc import Iterable, Sequence

from reviewer.evidence.resolve.resolver import Resolver
from reviewer.evidence.resolve.target import Target
from reviewer.evidence.syntax.parsed import Occurrence
from reviewer.evidence.syntax.source_file import SourceFile

_IMPORTS = re.compile(rb"\b(?:import|require|from)\b")


def hides_a_use(file: SourceFile, target: Target, resolver: Resolver, doubtful: Sequence[Occurrence]) -> bool:
    """True when a use that would count if all were understood may be among what was not.

    1. One of the `doubtful` occurrences, uses but for the part that was not understood, would count.
    2. A statement that was not understood has the name, in a file from where the target can be named.
    3. A statement that was not understood looks like the import of the target's module.
    """
    # A rule about parameters looks at calls only, one about what is gone at every use.
    if any(target.gone or occurrence.call is not None for occurrence in doubtful):
        return True
    if _has_word(file.garbled, resolver.names(file, target)) and resolver.can_reach(file, target):
        return True
    imports = [text for text in file.garbled if _IMPORTS.search(text)]
    return file.path != target.path and _has_word(imports, target.module_words)


def _has_word(texts: Iterable[bytes], words: Iterable[str]) -> bool:
    either = b"|".join(re.escape(word.encode()) for word in sorted(words) if word)
    pattern = re.compile(rb"(?<![\w$\x80-\xff])(?:" + either + rb")(?![\w$\x80-\xff])")
    return bool(either) and any(pattern.search(text) for text in texts)

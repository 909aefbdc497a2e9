"""Run as a process of its own by `probe`: parses what it is handed, within limits that end the process.

Standard input: the number of sources on a line; for each the grammar's package, its loader and the bytes to come, on
a line; then the sources. Standard output: one byte when everything is ready (or cannot be, and nothing is parsed),
and one for each source that was parsed. Arguments: bytes of memory, seconds of CPU time for each source, and where to
import from. Imports nothing of ours, since whoever starts it waits.
"""

import sys

READY, WITHOUT_LIMITS = b".", b"-"


def main() -> None:
    """Do it."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    sys.path[:] = sys.argv[3:]
    import resource
    from importlib import import_module

    from tree_sitter import Language, Parser

    def allow(what: int, most: int) -> None:
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))

    handed, done = sys.stdin.buffer, sys.stdout.buffer
    headers = [handed.readline().split() for _ in range(int(handed.readline()))]
    languages = [
        Language(getattr(import_module(module.decode()), loader.decode())()) for module, loader, _ in headers
    ]
    try:
        allow(resource.RLIMIT_CORE, 0)
        allow(resource.RLIMIT_AS, memory)
    except (ValueError, OSError):
        done.write(WITHOUT_LIMITS)
        return
    done.write(READY)
    done.flush()
    for language, (_, _, size) in zip(languages, headers, strict=True):
        used = resource.getrusage(resource.RUSAGE_SELF)
        allow(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)
        Parser(language).parse(handed.read(int(size)))
        done.write(b".")
        done.flush()


if __name__ == "__main__":
    main()

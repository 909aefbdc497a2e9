"""Whether a call fits the parameters of what it calls."""

from reviewer.domain.evidence import CallShape, Parameters


def misfit(call: CallShape, parameters: Parameters) -> str | None:
    """Why the call cannot be bound to the parameters; None when it can, and when that cannot be told.

    A call that unpacks a sequence or mapping always may fit.
    """
    if call.unpacks:
        return None
    limit = parameters.positional_limit
    if limit is not None and call.positional > limit:
        return f"it passes {_count(call.positional)} by position, at most {limit} are taken"
    known = {*parameters.required, *parameters.optional}
    unknown = [name for name in call.keywords if name not in known]
    if parameters.names_count and unknown and not parameters.takes_any_keyword:
        return f"it passes {_listed(unknown)}, which is not taken"
    # Keyword-only parameters stand last among the required ones, and how many they are cannot be told where
    # others are optional: one that a positional argument might have reached counts as passed.
    missing = [name for name in parameters.required[call.positional :] if name not in call.keywords]
    if not missing:
        return None
    if parameters.names_count:
        return f"it does not pass {_listed(missing)}"
    return f"it passes {_count(call.positional)}, {len(parameters.required)} are needed"


def _count(arguments: int) -> str:
    return f"{arguments} argument" if arguments == 1 else f"{arguments} arguments"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)

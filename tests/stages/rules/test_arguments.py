import inspect
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.evidence import CallShape, Parameters
from reviewer.stages.rules.arguments import misfit

NAMES = ("a", "b", "c", "d", "e")
Kind = inspect.Parameter


@st.composite
def signatures(draw: Any) -> inspect.Signature:
    """Python signatures of up to five named parameters, with and without `*args` and `**rest`."""
    kinds = sorted(
        draw(st.lists(st.sampled_from([Kind.POSITIONAL_OR_KEYWORD, Kind.KEYWORD_ONLY]), max_size=5))
    )
    parameters, optional_seen = [], False
    for name, kind in zip(NAMES, kinds, strict=False):
        default = draw(st.booleans()) or (optional_seen and kind is Kind.POSITIONAL_OR_KEYWORD)
        optional_seen = optional_seen or default
        parameters.append(Kind(name, kind, default=1 if default else Kind.empty))
    if draw(st.booleans()):
        at = sum(kind is Kind.POSITIONAL_OR_KEYWORD for kind in kinds)
        parameters.insert(at, Kind("args", Kind.VAR_POSITIONAL))
    if draw(st.booleans()):
        parameters.append(Kind("rest", Kind.VAR_KEYWORD))
    return inspect.Signature(parameters)


def as_parameters(signature: inspect.Signature) -> Parameters:
    named = [
        item
        for item in signature.parameters.values()
        if item.kind in (Kind.POSITIONAL_OR_KEYWORD, Kind.KEYWORD_ONLY)
    ]
    kinds = {item.kind for item in signature.parameters.values()}
    positional = [item for item in named if item.kind is Kind.POSITIONAL_OR_KEYWORD]
    return Parameters(
        required=tuple(item.name for item in named if item.default is Kind.empty),
        optional=tuple(item.name for item in named if item.default is not Kind.empty),
        positional_limit=None if Kind.VAR_POSITIONAL in kinds else len(positional),
        takes_any_keyword=Kind.VAR_KEYWORD in kinds,
        names_count=True,
    )


calls = st.builds(
    CallShape,
    positional=st.integers(0, 6),
    keywords=st.lists(st.sampled_from([*NAMES, "z"]), unique=True).map(tuple),
    unpacks=st.just(False),
)


@given(signatures(), calls)
def test_a_call_that_python_binds_is_never_called_a_misfit(
    signature: inspect.Signature, call: CallShape
) -> None:
    try:
        signature.bind(*range(call.positional), **dict.fromkeys(call.keywords))
    except TypeError:
        return
    assert misfit(call, as_parameters(signature)) is None


@given(signatures(), calls)
def test_without_optional_parameters_every_misfit_is_seen(
    signature: inspect.Signature, call: CallShape
) -> None:
    parameters = as_parameters(signature)
    doubled = set(call.keywords) & set([*parameters.required, *parameters.optional][: call.positional])
    if parameters.optional or parameters.positional_limit is None or doubled:
        return
    try:
        signature.bind(*range(call.positional), **dict.fromkeys(call.keywords))
    except TypeError:
        assert misfit(call, parameters) is not None


def test_a_call_that_unpacks_always_may_fit() -> None:
    none = Parameters(required=(), optional=(), positional_limit=0, takes_any_keyword=False, names_count=True)
    assert misfit(CallShape(positional=3, keywords=("z",), unpacks=True), none) is None
    assert misfit(CallShape(positional=3, keywords=(), unpacks=False), none) is not None

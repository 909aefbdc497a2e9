"""The members that values of JavaScript's own types have."""

from reviewer.evidence.syntax.grammars.row import named

MEMBERS = {
    "String": named(
        "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare "
        "match matchAll normalize padEnd padStart repeat replace replaceAll search slice split "
        "startsWith substr substring toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase "
        "toString trim trimEnd trimStart valueOf"
    ),
    "Number": named("toFixed toPrecision toExponential toString toLocaleString valueOf"),
    "Array": named(
        "at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat "
        "flatMap forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse "
        "shift slice some sort splice toReversed toSorted toSpliced toString unshift values with"
    ),
    "Map": named("clear delete entries forEach get has keys set values"),
    "Set": named(
        "add clear delete difference entries forEach has intersection isDisjointFrom isSubsetOf "
        "isSupersetOf keys symmetricDifference union values"
    ),
    "Promise": named("then catch finally"),
    "RegExp": named("exec test toString"),
    "Function": named("apply bind call"),
    "Generator": named("next return throw"),
    "Object": named("hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf"),
}
"""Types that are not named here, such as `Date`, are taken to have whatever member is asked for."""


def has_member(kind: str, name: str) -> bool:
    """True when values of that type have the member, or when their members are not known."""
    known = MEMBERS.get(kind)
    return name in known if known is not None else not kind.endswith("Error")


def is_usual_member(name: str) -> bool:
    """True when the name is that of a member of lists, texts, maps or any object.

    Seldom is an object that is filled by computed keys asked for one of these.
    """
    if not name.replace("$", "_").isidentifier():
        # A setter or a symbol, which no computed text is.
        return True
    return any(name in MEMBERS[kind] for kind in ("Array", "String", "Map", "Object", "Function"))

"""What methods of Java's library do, by name."""

from reviewer.evidence.syntax.grammars.row import named

KINDS = {
    "list": "List", "stream": "Stream", "optional": "Optional", "map": "Map", "array": "Array", "str": "String",
    "thread": "Thread", "class": "Class", "method": "Method", "constructor": "Constructor", "function": "Function",
}  # fmt: skip
"""Kinds of containers by the names that their members have in edges."""
COMBINES = named("andThen compose negate and or reversed thenComparing thenComparingInt not")
"""Members of functional interfaces that make one function of others."""
ABSTRACT = (
    "run",
    "call",
    "apply",
    "accept",
    "test",
    "get",
    "compare",
    "applyAsInt",
    "applyAsLong",
    "applyAsDouble",
)
"""Methods that the library's functional interfaces leave to be written."""
TAKES = named(
    "add addFirst addLast offer offerFirst offerLast push set addElement lazySet complete put "
    "getAndSet addIfAbsent"
)
GIVES = named(
    "get next previous remove removeFirst removeLast poll pollFirst pollLast peek peekFirst peekLast pop element "
    "first last getFirst getLast orElse orElseThrow orElseGet getAndSet join take elementAt firstElement lastElement "
    "nextElement floor ceiling higher lower resultNow reduce getNow set"
)
SAME = {
    "stream": "stream", "parallelStream": "stream", "filter": "", "sorted": "stream", "distinct": "stream",
    "limit": "stream", "skip": "stream", "peek": "",
    "findFirst": "optional", "findAny": "optional", "max": "optional",
    "min": "optional", "collect": "list", "toList": "list", "subList": "list", "reversed": "list", "iterator": "list",
    "listIterator": "list", "descendingIterator": "list", "sequential": "stream", "parallel": "stream",
    "unordered": "stream", "takeWhile": "stream", "dropWhile": "stream", "elements": "list", "clone": "", "toArray":
    "array", "boxed": "stream", "headSet": "list", "tailSet": "list", "or": "optional", "whenComplete": "list",
    "onClose": "stream", "collectionToArray": "array", "exceptionally": "list", "spliterator": "list",
}  # fmt: skip
MAPS = named("map mapToObj thenApply thenApplyAsync handle thenCombine")
FLATTENS = named("flatMap thenCompose mapMulti thenComposeAsync")
BOTH = named("reduce sorted sort max min whenComplete handle")
"""Methods that run a function with two elements."""
RUNS = (
    MAPS
    | FLATTENS
    | BOTH
    | named(
        "forEach forEachOrdered filter peek anyMatch allMatch noneMatch removeIf replaceAll mapToInt mapToLong "
        "mapToDouble collect toArray takeWhile dropWhile ifPresent ifPresentOrElse orElseGet orElseThrow or "
        "computeIfAbsent computeIfPresent compute merge thenAccept thenRun thenAcceptAsync thenRunAsync "
        "exceptionally handleAsync whenCompleteAsync updateAndGet getAndUpdate accumulateAndGet "
        "getAndAccumulate forEachRemaining iterate flatMapToInt setAll"
    )
)
"""Methods that run the functions they are given."""
MAKES_LIST = {
    "List.of": "list", "Set.of": "list", "Arrays.asList": "list", "Stream.of": "stream", "Optional.of": "optional",
    "Optional.ofNullable": "optional", "Collections.singletonList": "list", "Collections.singleton": "list",
    "CompletableFuture.completedFuture": "list", "ImmutableList.of": "list", "ImmutableSet.of": "list",
    "EnumSet.of": "list",
}  # fmt: skip
COPIES = {
    "Arrays.stream": "stream", "List.copyOf": "list", "Set.copyOf": "list", "Collections.unmodifiableList": "list",
    "Collections.unmodifiableSet": "list", "Collections.unmodifiableCollection": "list", "Arrays.copyOf": "array",
    "Collections.synchronizedList": "list", "Stream.concat": "stream", "Collections.max": "*", "Collections.min": "*",
}  # fmt: skip
GIVES_BACK = named("requireNonNull requireNonNullElse notNull checkNotNull unmodifiableMap synchronizedMap")
RUNS_ON_ELEMENTS = {"Collections.sort": 2, "Arrays.sort": 2, "Collections.max": 2, "Collections.min": 2}
SUPPLIES = {
    "CompletableFuture.supplyAsync": "list",
    "Stream.generate": "stream",
    "ThreadLocal.withInitial": "list",
}
TEXTS = named(
    "trim strip substring toLowerCase toUpperCase replace replaceAll concat repeat toString intern format formatted "
    "join valueOf replaceFirst stripLeading stripTrailing"
)


FLUENT = named("StringBuilder StringBuffer StringJoiner")
"""Classes whose methods are mostly called on what the last one gave back: itself."""
LONGEST_CHAIN = 4
"""Words of a name outside, from the class on."""


FUNCTIONAL = named(
    "Runnable Callable Supplier Function Consumer Predicate UnaryOperator BiFunction BiConsumer BiPredicate "
    "BinaryOperator Comparator Thread TimerTask RecursiveTask RecursiveAction"
)

"""Types of the Java library whose content is followed."""

from reviewer.evidence.syntax.grammars.row import named

LISTS = named(
    "List ArrayList LinkedList Collection Set HashSet LinkedHashSet TreeSet SortedSet NavigableSet EnumSet Queue "
    "Deque ArrayDeque PriorityQueue Iterable Iterator ListIterator Stack Vector Stream Optional Enumeration "
    "CopyOnWriteArrayList CopyOnWriteArraySet BlockingQueue LinkedBlockingQueue ArrayBlockingQueue "
    "ConcurrentLinkedQueue ConcurrentLinkedDeque LinkedBlockingDeque BlockingDeque AbstractList AtomicReference "
    "ThreadLocal WeakReference SoftReference Reference Future CompletableFuture CompletionStage"
)
"""What holds elements of one kind."""
MAPS = named(
    "Map HashMap LinkedHashMap TreeMap ConcurrentHashMap ConcurrentMap SortedMap NavigableMap EnumMap "
    "IdentityHashMap WeakHashMap Hashtable ConcurrentSkipListMap Entry Map.Entry"
)
GIVERS = named("Supplier Callable Function BiFunction UnaryOperator BinaryOperator Provider ObjectFactory")
"""Interfaces whose one method gives what their last type argument says."""
OPTIONALS = named("Optional")
STREAMS = named("Stream")
JAVA_LANG = named("Iterable ThreadLocal")


def kind_of(name: str) -> str | None:
    """What sort of container the library's type `name` is; None when it is none."""
    if name in MAPS:
        return "map"
    if name in GIVERS:
        return "function"
    if name in OPTIONALS:
        return "optional"
    if name in STREAMS:
        return "stream"
    return "list" if name in LISTS else None

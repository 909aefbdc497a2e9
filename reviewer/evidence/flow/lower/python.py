"""Lowers Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from reviewer.evidence.flow import ir
from reviewer.evidence.flow.body import Body
from reviewer.evidence.flow.lower.literals import integer, string_text
from reviewer.evidence.syntax.grammars.row import text_of

_COMPREHENSIONS = (
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
)
_WITHOUT_VALUE = ("comment", "type")
_WRAPPERS = ("Annotated", "Final", "ClassVar", "Required", "NotRequired")
_OPTIONAL = ("Optional", "Union")


def lower_module(scope: ir.Scope) -> None:
    """Fill in the module's own statements; functions in it wait until they are asked for."""
    _Lowering(scope).statements(scope.node)


def _lower_function(scope: ir.Scope) -> None:
    lowering = _Lowering(scope)
    assert scope.node is not None  # noqa: S101 - functions are made from nodes
    lowering.parameters(scope.node.child_by_field_name("parameters"))
    returns = scope.node.child_by_field_name("return_type")
    if returns is not None and "generator" not in scope.traits:
        scope.returns = lowering.declared(returns)
    lowering.statements(scope.node.child_by_field_name("body"))


def _lower_lambda(scope: ir.Scope) -> None:
    lowering = _Lowering(scope)
    assert scope.node is not None  # noqa: S101
    lowering.parameters(scope.node.child_by_field_name("parameters"))
    body = scope.node.child_by_field_name("body")
    if body is not None:
        lowering.body.add(ir.Return(scope, lowering.expression(body)))


def _lower_class(scope: ir.Scope) -> None:
    assert scope.node is not None  # noqa: S101
    _Lowering(scope).statements(scope.node.child_by_field_name("body"))


class _Lowering:
    """Lowers one scope's statements."""

    def __init__(self, scope: ir.Scope) -> None:
        self.scope = scope
        self.file = scope.file
        self.body = Body(scope)

    # -- statements

    def statements(self, node: Node | None) -> None:
        for child in node.named_children if node is not None else ():
            self._statement(child)

    def _statement(self, node: Node) -> None:
        handler = _STATEMENTS.get(node.type)
        if handler is not None:
            handler(self, node)
        elif node.type not in _WITHOUT_VALUE:
            for child in node.named_children:
                self._statement(child) if child.type in _STATEMENTS else self.body.evaluate(
                    self.expression(child)
                )

    def _expression_statement(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "assignment":
                self._assignment(child)
            elif child.type == "augmented_assignment":
                self._augmented(child)
            else:
                self.body.evaluate(self.expression(child))

    def _assignment(self, node: Node) -> ir.Expr | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        declared = node.child_by_field_name("type")
        if right is not None and right.type == "assignment":
            value = self._assignment(right)
        else:
            value = self.expression(right) if right is not None else None
        if declared is not None:
            typed = self.declared(declared)
            if typed is not None:
                value = ir.Typed(node.start_byte, value, typed)
        if value is not None and left is not None:
            self._store(left, value)
        return value

    def _augmented(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        self._store(left, ir.Join(node.start_byte, (self.expression(left), self.expression(right))))

    def _store(self, target: Node, value: ir.Expr) -> None:
        kind = target.type
        if kind == "identifier":
            self.body.bind(text_of(target), value)
        elif kind == "attribute":
            obj, name = target.child_by_field_name("object"), target.child_by_field_name("attribute")
            if obj is not None and name is not None:
                self.body.add(ir.SetMember(self.expression(obj), text_of(name), value))
        elif kind == "subscript":
            obj = target.child_by_field_name("value")
            if obj is not None:
                self.body.add(ir.SetItem(self.expression(obj), self._key(target), value))
        elif kind in ("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list"):
            self._unpack([child for child in target.named_children if child.type != "comment"], value)
        elif kind in ("as_pattern_target", "parenthesized_expression", "list_splat_pattern"):
            for child in target.named_children:
                self._store(child, value)

    def _unpack(self, targets: list[Node], value: ir.Expr) -> None:
        splats = [at for at, target in enumerate(targets) if target.type == "list_splat_pattern"]
        after = len(targets) - splats[0] - 1 if splats else 0
        for at, target in enumerate(targets):
            start = target.start_byte
            if splats and at == splats[0]:
                self._store(target, ir.Rest(start, value, at, after))
            elif splats and at > splats[0]:
                self._store(target, ir.Item(start, value, ir.Literal(start, at - len(targets))))
            else:
                self._store(target, ir.Item(start, value, ir.Literal(start, at)))

    def _return(self, node: Node) -> None:
        for child in node.named_children:
            self.body.add(ir.Return(self.scope, self.expression(child)))

    def _raise(self, node: Node) -> None:
        for child in node.named_children:
            value = self.expression(child)
            if isinstance(value, ir.Read | ir.Member):
                # `raise A` makes an A.
                value = ir.Call(value.start, self.body.scope, value, makes=True)
            self.body.evaluate(value)

    def _if(self, node: Node) -> None:
        ways = self.body.branches()
        self.body.evaluate(self._of(node, "condition"))
        with ways.way():
            self.statements(node.child_by_field_name("consequence"))
        complete = False
        for other in node.children_by_field_name("alternative"):
            with ways.way():
                if other.type == "elif_clause":
                    self.body.evaluate(self._of(other, "condition"))
                    self.statements(other.child_by_field_name("consequence"))
                else:
                    complete = True
                    self.statements(other.child_by_field_name("body"))
        ways.end(may_skip=not complete)

    def _for(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        iterated = self.expression(right)
        with self.body.loop():
            self._store(left, ir.Each(right.start_byte, iterated, self.body.scope))
            self.statements(node.child_by_field_name("body"))
        self._else(node)

    def _while(self, node: Node) -> None:
        with self.body.loop():
            self.body.evaluate(self._of(node, "condition"))
            self.statements(node.child_by_field_name("body"))
        self._else(node)

    def _else(self, node: Node) -> None:
        other = node.child_by_field_name("alternative")
        if other is not None:
            self.statements(other.child_by_field_name("body"))

    def _try(self, node: Node) -> None:
        ways = self.body.branches()
        with ways.way():
            self.statements(node.child_by_field_name("body"))
            for child in node.named_children:
                if child.type == "else_clause":
                    self.statements(child.child_by_field_name("body"))
        for child in node.named_children:
            if child.type in ("except_clause", "except_group_clause"):
                with ways.way():
                    self._handler(child)
        ways.end(may_skip=False)
        for child in node.named_children:
            if child.type == "finally_clause":
                for block in child.named_children:
                    self.statements(block)

    def _handler(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "block":
                self.statements(child)
            elif child.type == "as_pattern":
                self._as_pattern(child, made=True)
            else:
                self.body.evaluate(self.expression(child))

    def _as_pattern(self, node: Node, *, made: bool) -> None:
        value = (
            self.expression(node.named_children[0]) if node.named_children else ir.Unknown(node.start_byte)
        )
        target = node.child_by_field_name("alias")
        if target is not None:
            self._store(target, ir.InstanceOf(value.start, value) if made else value)

    def _with(self, node: Node) -> None:
        for clause in node.named_children:
            if clause.type == "with_clause":
                for item in clause.named_children:
                    self._with_item(item)
        self.statements(node.child_by_field_name("body"))

    def _with_item(self, item: Node) -> None:
        value = item.child_by_field_name("value")
        if value is None:
            return
        manager = value.named_children[0] if value.type == "as_pattern" else value
        expression = self.expression(manager)
        enter = ir.Member(manager.start_byte, expression, "__enter__", self.body.scope)
        entered = ir.Call(manager.start_byte, self.body.scope, enter)
        leave = ir.Member(manager.start_byte, expression, "__exit__", self.body.scope)
        self.body.evaluate(ir.Call(manager.start_byte, self.body.scope, leave))
        target = value.child_by_field_name("alias") if value.type == "as_pattern" else None
        if target is not None:
            self._store(target, entered)
        else:
            self.body.evaluate(entered)

    def _match(self, node: Node) -> None:
        subject = [self.expression(child) for child in node.children_by_field_name("subject")]
        ways = self.body.branches()
        block = node.child_by_field_name("body")
        for case in block.named_children if block is not None else ():
            with ways.way():
                self._case(case, subject)
        ways.end(may_skip=True)

    def _case(self, case: Node, subject: list[ir.Expr]) -> None:
        for child in case.named_children:
            if child.type == "case_pattern":
                self._pattern(child, subject)
        self.body.evaluate(self._of(case, "guard"))
        self.statements(case.child_by_field_name("consequence"))

    def _pattern(self, node: Node, subject: list[ir.Expr]) -> None:
        """Names that a pattern binds; a class pattern tells the type."""
        for child in node.named_children:
            if child.type == "as_pattern" and subject:
                typed = [part for part in child.named_children if part.type == "case_pattern"]
                alias = child.child_by_field_name("alias") or child.named_children[-1]
                value = self._class_pattern(typed[0]) if typed else None
                self._store(alias, value or subject[0])
            elif child.type == "dotted_name" and child.named_child_count == 1 and subject:
                self.body.bind(text_of(child), subject[0])
            else:
                self._pattern(child, [])

    def _class_pattern(self, node: Node) -> ir.Expr | None:
        for child in node.named_children:
            if child.type == "class_pattern" and child.named_children:
                return ir.InstanceOf(child.start_byte, self._dotted(child.named_children[0]))
        return None

    def _global(self, node: Node) -> None:
        module = self.file.scope
        for child in node.named_children:
            self.scope.elsewhere[text_of(child)] = module

    def _nonlocal(self, node: Node) -> None:
        for child in node.named_children:
            name = text_of(child)
            outer = self.scope.parent
            while outer is not None and (name not in outer.versions or outer.kind == "class"):
                outer = outer.parent
            if outer is not None:
                self.scope.elsewhere[name] = outer

    def _import(self, node: Node) -> None:
        for child in node.children_by_field_name("name"):
            named = child.child_by_field_name("name") if child.type == "aliased_import" else child
            alias = child.child_by_field_name("alias")
            if named is None:
                continue
            module = text_of(named)
            local = text_of(alias) if alias is not None else module.split(".")[0]
            whole = module if alias is not None else local
            start = (alias or named).start_byte
            self.body.bind(local, self._imported(start, whole, None))
            if whole != module:
                self.body.evaluate(self._imported(start, module, None))

    def _import_from(self, node: Node) -> None:
        source = node.child_by_field_name("module_name")
        module = text_of(source).replace(" ", "")
        if any(child.type == "wildcard_import" for child in node.named_children):
            self.file.stars.append(module)
            return
        for child in node.children_by_field_name("name"):
            named = child.child_by_field_name("name") if child.type == "aliased_import" else child
            alias = child.child_by_field_name("alias")
            if named is not None:
                local = text_of(alias) if alias is not None else text_of(named)
                self.body.bind(local, self._imported(named.start_byte, module, text_of(named)))

    def _imported(self, start: int, module: str, name: str | None) -> ir.Expr:
        return self.file.note(ir.Imported(start, module, name, self.file))

    def _function(self, node: Node) -> None:
        self._define(node, self._function_scope(node), [])

    def _class(self, node: Node) -> None:
        self._define(node, self._class_scope(node), [])

    def _decorated(self, node: Node) -> None:
        decorators = [child for child in node.named_children if child.type == "decorator"]
        inner = node.child_by_field_name("definition")
        if inner is None:
            return
        scope = (
            self._function_scope(inner) if inner.type == "function_definition" else self._class_scope(inner)
        )
        self._define(inner, scope, decorators)

    def _define(self, node: Node, scope: ir.Scope, decorators: list[Node]) -> None:
        name = node.child_by_field_name("name")
        start = name.start_byte if name is not None else node.start_byte
        value: ir.Expr = ir.Closure(start, scope)
        traits = set(scope.traits)
        for decorator in reversed(decorators):
            written = decorator.named_children[0] if decorator.named_children else decorator
            plain = text_of(written).split("(")[0].rsplit(".", 1)[-1]
            if plain in _TRAITS:
                traits.add(_TRAITS[plain])
                continue
            call = ir.Call(written.start_byte, self.body.scope, self.expression(written), (value,))
            call.start = _name_start(written)
            value = ir.Decorated(call.start, call, value)
        scope.traits = frozenset(traits)
        self.body.bind(scope.name, value)

    def _function_scope(self, node: Node) -> ir.Scope:
        name = text_of(node.child_by_field_name("name"))
        scope = self._child("function", name, node, _lower_function)
        body = node.child_by_field_name("body")
        if body is not None and _yields(body):
            scope.traits |= {"generator"}
        if self.scope.kind == "class":
            scope.owner, scope.receiver_is_parameter = self.scope, True
        return scope

    def _class_scope(self, node: Node) -> ir.Scope:
        scope = self._child("class", text_of(node.child_by_field_name("name")), node, _lower_class)
        listed = node.child_by_field_name("superclasses")
        for child in listed.named_children if listed is not None else ():
            if child.type == "keyword_argument":
                continue
            base = child.child_by_field_name("value") if child.type == "subscript" else child
            if base is not None and base.type in ("identifier", "attribute", "call"):
                scope.bases.append(self.expression(base))
        return scope

    def _child(self, kind: str, name: str, node: Node, lowerer: Callable[[ir.Scope], None]) -> ir.Scope:
        scope = ir.Scope(kind, name, self.body.scope, self.file, node, lowerer)
        self.body.scope.children.append(scope)
        return self.file.add(scope)

    # -- parameters and types

    def parameters(self, node: Node | None) -> None:
        kind = "plain"
        params = []
        for child in node.named_children if node is not None else ():
            if (
                child.type in ("keyword_separator", "list_splat_pattern")
                and child.type == "keyword_separator"
            ):
                kind = "keyword"
                continue
            param = self._parameter(child, kind)
            if param is None:
                continue
            if param.kind == "list":
                kind = "keyword"
            params.append(param)
        scope = self.scope
        scope.params = params
        static = "static" in scope.traits
        if scope.receiver_is_parameter and not static and params and params[0].kind == "plain":
            scope.receiver = params[0].name
        else:
            scope.receiver_is_parameter = False
        for param in params:
            scope.versions.setdefault(param.name, 0)
            self.body.start_with(param.name)

    def _parameter(self, node: Node, kind: str) -> ir.Param | None:
        if node.type == "identifier":
            return ir.Param(text_of(node), kind)
        if node.type in ("default_parameter", "typed_default_parameter"):
            default, declared = node.child_by_field_name("value"), node.child_by_field_name("type")
            return ir.Param(
                text_of(node.child_by_field_name("name")),
                kind,
                self._outside(default) if default is not None else None,
                self.declared(declared) if declared is not None else None,
            )
        if node.type == "typed_parameter" and node.named_children:
            param = self._parameter(node.named_children[0], kind)
            declared = node.child_by_field_name("type")
            if param is not None and declared is not None and param.kind in ("plain", "keyword"):
                param.type = self.declared(declared)
            return param
        kinds = {"list_splat_pattern": "list", "dictionary_splat_pattern": "map"}
        if node.type in kinds and node.named_children:
            return ir.Param(text_of(node.named_children[0]), kinds[node.type])
        return None

    def _outside(self, node: Node) -> ir.Expr:
        """An expression of a default: it is evaluated around the function."""
        outer = self.scope.parent
        assert outer is not None  # noqa: S101 - functions have surroundings
        inner, self.body = self.body, Body(outer)
        try:
            return _unversioned(self.expression(node))
        finally:
            self.body = inner

    def declared(self, node: Node) -> ir.Expr | None:
        """The values that a type annotation stands for; None when it names no class."""
        parts = list(self._type_parts(node))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else ir.Join(node.start_byte, tuple(parts))

    def _type_parts(self, node: Node) -> Iterator[ir.Expr]:
        kind = node.type
        if kind == "type":
            for child in node.named_children:
                yield from self._type_parts(child)
        elif kind in ("identifier", "attribute", "member_type"):
            yield ir.InstanceOf(node.start_byte, self._dotted(node))
        elif kind == "string":
            text = string_text(node)
            if text is not None and all(part.isidentifier() for part in text.split(".")):
                yield ir.InstanceOf(node.start_byte, self._read_dotted(text, node.start_byte))
        elif kind in ("binary_operator", "union_type"):
            for child in node.named_children:
                yield from self._type_parts(child)
        elif kind in ("subscript", "generic_type"):
            yield from self._generic(node)

    def _generic(self, node: Node) -> Iterator[ir.Expr]:
        name = text_of(node.named_children[0]).rsplit(".", 1)[-1]
        inner = node.named_children[1:]
        if name in _WRAPPERS and inner:
            yield from self._type_parts(inner[0])
        elif name in _OPTIONAL:
            for child in inner:
                yield from self._type_parts(child)
        elif name in ("list", "List", "Sequence", "Iterable", "Iterator", "set", "Set", "tuple", "Tuple"):
            parts = [part for child in inner for part in self._type_parts(child)]
            yield ir.Container(node.start_byte, "list", tuple((None, part) for part in parts))
        elif name in ("dict", "Dict", "Mapping", "defaultdict"):
            parts = [part for child in _last_argument(inner) for part in self._type_parts(child)]
            yield ir.Container(node.start_byte, "dict", tuple((None, part) for part in parts))
        elif name == "type_parameter":
            for child in inner:
                yield from self._type_parts(child)
        elif node.named_children[0].type in ("identifier", "attribute"):
            yield ir.InstanceOf(node.start_byte, self._dotted(node.named_children[0]))

    def _dotted(self, node: Node) -> ir.Expr:
        return self._read_dotted(text_of(node), node.start_byte)

    def _read_dotted(self, text: str, start: int) -> ir.Expr:
        first, *rest = text.split(".")
        found: ir.Expr = ir.Read(start, self.body.scope, first, None)
        for name in rest:
            found = ir.Member(start, found, name, self.body.scope)
        return found

    # -- expressions

    def expression(self, node: Node) -> ir.Expr:
        """Lower an expression of whatever kind."""
        handler = _EXPRESSIONS.get(node.type)
        if handler is not None:
            return handler(self, node)
        parts = [self.expression(child) for child in node.named_children if child.type != "comment"]
        for part in parts:
            self.body.evaluate(part)
        return ir.Unknown(node.start_byte)

    def _of(self, node: Node, field: str) -> ir.Expr | None:
        child = node.child_by_field_name(field)
        return self.expression(child) if child is not None else None

    def _identifier(self, node: Node) -> ir.Expr:
        return self.file.note(self.body.read(text_of(node), node.start_byte))

    def _attribute(self, node: Node) -> ir.Expr:
        obj, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if obj is None or name is None:
            return ir.Unknown(node.start_byte)
        return self.file.note(
            ir.Member(name.start_byte, self.expression(obj), text_of(name), self.body.scope)
        )

    def _subscript(self, node: Node) -> ir.Expr:
        obj = node.child_by_field_name("value")
        if obj is None:
            return ir.Unknown(node.start_byte)
        if any(child.type == "slice" for child in node.named_children):
            return self._slice(node, self.expression(obj))
        return ir.Item(node.start_byte, self.expression(obj), self._key(node))

    def _slice(self, node: Node, obj: ir.Expr) -> ir.Expr:
        part = next(child for child in node.named_children if child.type == "slice")
        first = part.child(0)
        start = integer(first) if first is not None and first.type == "integer" else 0
        return ir.Rest(node.start_byte, obj, start or 0)

    def _key(self, node: Node) -> ir.Expr | None:
        keys = node.children_by_field_name("subscript")
        if len(keys) != 1 or keys[0].type == "slice":
            for key in keys:
                self.body.evaluate(self.expression(key))
            return None
        return self.expression(keys[0])

    def _call(self, node: Node) -> ir.Expr:
        function, listed = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None:
            return ir.Unknown(node.start_byte)
        if text_of(function) == "super":
            return self._super(node)
        callee = self.expression(function)
        args: list[ir.Expr] = []
        keywords: list[tuple[str, ir.Expr]] = []
        spread: ir.Expr | None = None
        given = listed.named_children if listed is not None else []
        if listed is not None and listed.type == "generator_expression":
            given = [listed]
        for child in given:
            if child.type == "keyword_argument":
                value = child.child_by_field_name("value")
                if value is not None:
                    keywords.append((text_of(child.child_by_field_name("name")), self.expression(value)))
            elif child.type == "list_splat":
                spread = self.expression(child.named_children[0])
            elif child.type == "dictionary_splat":
                keywords.append(("**", self.expression(child.named_children[0])))
            elif child.type != "comment":
                args.append(self.expression(child))
        return ir.Call(_name_start(function), self.body.scope, callee, tuple(args), tuple(keywords), spread)

    def _super(self, node: Node) -> ir.Expr:
        method = self.scope.function
        while method.owner is None and method.parent is not None:
            method = method.parent.function
        callee = self.body.read("super", node.start_byte)
        self.body.add(ir.Evaluate(ir.Call(node.start_byte, self.body.scope, callee)))
        if method.owner is None or not method.params:
            return ir.Unknown(node.start_byte)
        receiver = ir.Read(node.start_byte, method, method.params[0].name, None)
        return ir.Super(node.start_byte, method.owner, receiver)

    def _lambda(self, node: Node) -> ir.Expr:
        scope = self._child("function", self.body.next_lambda(), node, _lower_lambda)
        return ir.Closure(node.start_byte, scope)

    def _conditional(self, node: Node) -> ir.Expr:
        parts = [self.expression(child) for child in node.named_children if child.type != "comment"]
        if len(parts) != 3:
            return ir.Join(node.start_byte, tuple(parts))
        self.body.evaluate(parts[1])
        return ir.Join(node.start_byte, (parts[0], parts[2]))

    def _boolean(self, node: Node) -> ir.Expr:
        parts = [self.expression(child) for child in node.named_children if child.type != "comment"]
        return ir.Join(node.start_byte, tuple(parts))

    def _named(self, node: Node) -> ir.Expr:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None:
            return ir.Unknown(node.start_byte)
        expression = self.expression(value)
        self.body.bind(text_of(name), expression)
        return expression

    def _list(self, node: Node) -> ir.Expr:
        items: list[tuple[str | int | None, ir.Expr]] = []
        sure = True
        for child in node.named_children:
            if child.type == "comment":
                continue
            if child.type == "list_splat":
                sure = False
                inner = self.expression(child.named_children[0])
                items.append((None, ir.Each(child.start_byte, inner, self.body.scope)))
                continue
            items.append((len(items) if sure else None, self.expression(child)))
        return ir.Container(node.start_byte, "list", tuple(items))

    def _dictionary(self, node: Node) -> ir.Expr:
        items: list[tuple[str | int | None, ir.Expr]] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    items.append((self._literal_key(key), self.expression(value)))
            elif child.type == "dictionary_splat":
                inner = self.expression(child.named_children[0])
                items.append((None, ir.Item(child.start_byte, inner, None)))
        return ir.Container(node.start_byte, "dict", tuple(items))

    def _literal_key(self, node: Node) -> str | int | None:
        key = self.expression(node)
        if isinstance(key, ir.Literal):
            return key.value
        self.body.evaluate(key)
        return None

    def _string(self, node: Node) -> ir.Expr:
        for child in node.named_children:
            if child.type == "interpolation":
                for part in child.named_children:
                    self.body.evaluate(self.expression(part))
        text = string_text(node)
        return ir.Literal(node.start_byte, text) if text is not None else ir.Container(node.start_byte, "str")

    def _integer(self, node: Node) -> ir.Expr:
        value = integer(node)
        return ir.Literal(node.start_byte, value) if value is not None else ir.Unknown(node.start_byte)

    def _comprehension(self, node: Node) -> ir.Expr:
        with self.body.block(), self.body.loop():
            for child in node.named_children:
                if child.type == "for_in_clause":
                    left, right = child.child_by_field_name("left"), child.child_by_field_name("right")
                    if left is not None and right is not None:
                        iterated = ir.Each(right.start_byte, self.expression(right), self.body.scope)
                        self._store(left, iterated)
                elif child.type == "if_clause":
                    for part in child.named_children:
                        self.body.evaluate(self.expression(part))
            made = node.child_by_field_name("body")
            value: ir.Expr = ir.Unknown(node.start_byte)
            if made is not None and made.type == "pair":
                self.body.evaluate(self._of(made, "key"))
                value = self._of(made, "value") or value
            elif made is not None:
                value = self.expression(made)
        kind = "dict" if node.type == "dictionary_comprehension" else "list"
        return ir.Container(node.start_byte, kind, ((None, value),))

    def _await(self, node: Node) -> ir.Expr:
        inner = (
            self.expression(node.named_children[0]) if node.named_children else ir.Unknown(node.start_byte)
        )
        return ir.Awaited(node.start_byte, inner)

    def _yield(self, node: Node) -> ir.Expr:
        for child in node.named_children:
            value = self.expression(child)
            if any(part.type == "from" for part in node.children):
                value = ir.Each(child.start_byte, value, self.body.scope)
            self.body.add(ir.Yield(self.scope, value))
        return ir.Unknown(node.start_byte)

    def _first(self, node: Node) -> ir.Expr:
        inner = [child for child in node.named_children if child.type != "comment"]
        return self.expression(inner[0]) if inner else ir.Unknown(node.start_byte)


_TRAITS = {
    "staticmethod": "static",
    "classmethod": "classmethod",
    "property": "property",
    "cached_property": "property",
    "abstractmethod": "abstract",
    "setter": "setter",
    "getter": "property",
    "deleter": "setter",
    "overload": "abstract",
}

_Statement = Callable[[_Lowering, Node], None]
_STATEMENTS: dict[str, _Statement] = {
    "expression_statement": _Lowering._expression_statement,
    "return_statement": _Lowering._return,
    "raise_statement": _Lowering._raise,
    "if_statement": _Lowering._if,
    "for_statement": _Lowering._for,
    "while_statement": _Lowering._while,
    "try_statement": _Lowering._try,
    "with_statement": _Lowering._with,
    "match_statement": _Lowering._match,
    "global_statement": _Lowering._global,
    "nonlocal_statement": _Lowering._nonlocal,
    "import_statement": _Lowering._import,
    "import_from_statement": _Lowering._import_from,
    "function_definition": _Lowering._function,
    "class_definition": _Lowering._class,
    "decorated_definition": _Lowering._decorated,
    "block": _Lowering.statements,
}
_Expression = Callable[[_Lowering, Node], ir.Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "identifier": _Lowering._identifier,
    "attribute": _Lowering._attribute,
    "subscript": _Lowering._subscript,
    "call": _Lowering._call,
    "lambda": _Lowering._lambda,
    "conditional_expression": _Lowering._conditional,
    "boolean_operator": _Lowering._boolean,
    "named_expression": _Lowering._named,
    "list": _Lowering._list,
    "tuple": _Lowering._list,
    "set": _Lowering._list,
    "expression_list": _Lowering._list,
    "dictionary": _Lowering._dictionary,
    "string": _Lowering._string,
    "integer": _Lowering._integer,
    "await": _Lowering._await,
    "yield": _Lowering._yield,
    "parenthesized_expression": _Lowering._first,
    **dict.fromkeys(_COMPREHENSIONS, _Lowering._comprehension),
}


def _yields(node: Node) -> bool:
    """True when a `yield` belongs to the function whose body this is."""
    todo = [node]
    while todo:
        for child in todo.pop().named_children:
            if child.type == "yield":
                return True
            if child.type not in ("function_definition", "class_definition", "lambda"):
                todo.append(child)
    return False


def _name_start(node: Node) -> int:
    """Where the word stands by which a callee is known."""
    if node.type == "attribute":
        name = node.child_by_field_name("attribute")
        return name.start_byte if name is not None else node.start_byte
    if node.type == "call":
        inner = node.child_by_field_name("function")
        return _name_start(inner) if inner is not None else node.start_byte
    return node.start_byte


def _last_argument(inner: list[Node]) -> list[Node]:
    parts = [
        part
        for child in inner
        for part in (child.named_children if child.type == "type_parameter" else [child])
    ]
    return parts[-1:]


def _unversioned(value: ir.Expr) -> ir.Expr:
    if isinstance(value, ir.Read):
        value.versions = None
    return value

"""The rows of languages that are known by name."""

from dataclasses import replace

from reviewer.evidence.complexity.row import Row
from reviewer.evidence.syntax.grammars.row import named

RUST = Row(
    functions=named("function_item closure_expression"),
    ifs=named("if_expression"),
    loops=named("loop_expression while_expression for_expression"),
    switches=named("match_expression"),
    elses=named("else_clause"),
    jumps={"break_expression": named("label"), "continue_expression": named("label")},
    logical=named("binary_expression let_chain"),
    calls={"call_expression": "function"},
    receivers=named("self. Self::"),
    scopes=named("impl_item trait_item mod_item"),
)
C = Row(
    functions=named("function_definition"),
    ifs=named("if_statement preproc_if preproc_ifdef"),
    loops=named("for_statement while_statement do_statement"),
    switches=named("switch_statement"),
    ternaries=named("conditional_expression"),
    else_ifs=named("preproc_elif preproc_elifdef preproc_else"),
    elses=named("else_clause"),
    gotos=named("goto_statement"),
    logical=named("binary_expression"),
    calls={"call_expression": "function"},
)
CPP = replace(
    C,
    functions=named("function_definition lambda_expression"),
    loops=named("for_statement for_range_loop while_statement do_statement"),
    catches=named("catch_clause"),
    calls={},
    scopes=named("namespace_definition class_specifier struct_specifier union_specifier"),
)
CSHARP = Row(
    functions=named(
        "method_declaration constructor_declaration destructor_declaration operator_declaration "
        "conversion_operator_declaration accessor_declaration local_function_statement lambda_expression "
        "anonymous_method_expression"
    ),
    ifs=named("if_statement"),
    loops=named("for_statement foreach_statement while_statement do_statement"),
    switches=named("switch_statement switch_expression"),
    catches=named("catch_clause"),
    ternaries=named("conditional_expression"),
    gotos=named("goto_statement"),
    logical=named("binary_expression and_pattern or_pattern"),
    parentheses=named("parenthesized_expression parenthesized_pattern"),
    scopes=named(
        "namespace_declaration class_declaration struct_declaration interface_declaration "
        "record_declaration property_declaration indexer_declaration"
    ),
)
PHP = Row(
    functions=named("function_definition method_declaration anonymous_function arrow_function"),
    ifs=named("if_statement"),
    loops=named("for_statement foreach_statement while_statement do_statement"),
    switches=named("switch_statement match_expression"),
    catches=named("catch_clause"),
    ternaries=named("conditional_expression"),
    else_ifs=named("else_if_clause"),
    elses=named("else_clause"),
    jumps={"break_statement": named("integer"), "continue_statement": named("integer")},
    gotos=named("goto_statement"),
    logical=named("binary_expression"),
    operators={"&&": "and", "||": "or", "and": "and", "or": "or", "xor": "xor"},
    scopes=named("class_declaration interface_declaration trait_declaration enum_declaration"),
)
KOTLIN = Row(
    functions=named(
        "function_declaration secondary_constructor anonymous_initializer getter setter lambda_literal "
        "anonymous_function"
    ),
    ifs=named("if_expression"),
    loops=named("for_statement while_statement do_while_statement"),
    switches=named("when_expression"),
    catches=named("catch_block"),
    jumps={"labeled_expression": named("label")},
    logical=named("binary_expression"),
    scopes=named("class_declaration object_declaration companion_object"),
)
SCALA = Row(
    functions=named("function_definition lambda_expression"),
    ifs=named("if_expression"),
    loops=named("for_expression while_expression do_while_expression"),
    switches=named("match_expression"),
    catches=named("catch_clause"),
    logical=named("infix_expression"),
    scopes=named("object_definition class_definition trait_definition enum_definition"),
)
SWIFT = Row(
    functions=named(
        "function_declaration init_declaration deinit_declaration computed_property lambda_literal"
    ),
    ifs=named("if_statement"),
    loops=named("for_statement while_statement repeat_while_statement"),
    switches=named("switch_statement guard_statement"),  # a guard's `else` is its only branch
    catches=named("catch_block"),
    ternaries=named("ternary_expression"),
    jumps={"control_transfer_statement": named("simple_identifier")},
    logical=named("conjunction_expression disjunction_expression"),
    parentheses=named("tuple_expression"),
    scopes=named("class_declaration protocol_declaration"),
)

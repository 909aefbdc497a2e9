"""The rows of languages whose code is followed in full."""

from reviewer.evidence.complexity.row import Row
from reviewer.evidence.syntax.grammars.row import named

PYTHON = Row(
    functions=named("function_definition lambda"),
    ifs=named("if_statement"),
    loops=named("for_statement while_statement"),
    switches=named("match_statement"),
    catches=named("except_clause except_group_clause"),
    ternaries=named("conditional_expression"),
    else_ifs=named("elif_clause"),
    elses=named("else_clause"),
    logical=named("boolean_operator"),
    calls={"call": "function"},
    receivers=named("self. cls."),
    scopes=named("class_definition"),
    declarations=named("function_definition decorated_definition return_statement"),
)
ECMASCRIPT = Row(
    functions=named(
        "function_declaration generator_function_declaration function_expression generator_function "
        "arrow_function method_definition class_static_block"
    ),
    ifs=named("if_statement"),
    loops=named("for_statement for_in_statement while_statement do_statement"),
    switches=named("switch_statement"),
    catches=named("catch_clause"),
    ternaries=named("ternary_expression"),
    elses=named("else_clause"),
    jumps={
        "break_statement": named("statement_identifier"),
        "continue_statement": named("statement_identifier"),
    },
    logical=named("binary_expression"),
    calls={"call_expression": "function"},
    receivers=named("this. this.#"),
    scopes=named("class_declaration class abstract_class_declaration internal_module module"),
    declarations=named(
        "function_declaration generator_function_declaration class_declaration lexical_declaration "
        "variable_declaration"
    ),
)
GO = Row(
    functions=named("function_declaration method_declaration func_literal"),
    ifs=named("if_statement"),
    loops=named("for_statement"),
    switches=named("expression_switch_statement type_switch_statement select_statement"),
    jumps={"break_statement": named("label_name"), "continue_statement": named("label_name")},
    gotos=named("goto_statement"),
    logical=named("binary_expression"),
    calls={"call_expression": "function"},
)
JAVA = Row(
    functions=named(
        "method_declaration constructor_declaration compact_constructor_declaration lambda_expression "
        "static_initializer"
    ),
    ifs=named("if_statement"),
    loops=named("for_statement enhanced_for_statement while_statement do_statement"),
    switches=named("switch_expression"),
    catches=named("catch_clause"),
    ternaries=named("ternary_expression"),
    jumps={"break_statement": named("identifier"), "continue_statement": named("identifier")},
    logical=named("binary_expression"),
    scopes=named(
        "class_declaration interface_declaration enum_declaration record_declaration "
        "annotation_type_declaration"
    ),
)
RUBY = Row(
    functions=named("method singleton_method block do_block"),
    ifs=named("if unless if_modifier unless_modifier"),
    loops=named("while until for while_modifier until_modifier"),
    switches=named("case case_match"),
    catches=named("rescue rescue_modifier"),
    ternaries=named("conditional"),
    else_ifs=named("elsif else"),
    logical=named("binary"),
    parentheses=named("parenthesized_statements"),
    scopes=named("class module"),
)

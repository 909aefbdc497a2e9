(given_definition name: (identifier) @name) @definition.object
(function_declaration name: (identifier) @name) @definition.function
(var_definition pattern: (identifiers (identifier) @name)) @definition.variable
(val_definition pattern: (identifiers (identifier) @name)) @definition.variable
(val_definition pattern: (tuple_pattern (identifier) @name)) @definition.variable
[(block) (indented_block) (instance_expression) (lambda_expression) (case_block) (indented_cases)] @scope

(call_expression function: (field_expression field: (identifier) @name)) @reference.call
(call_expression function: (generic_function function: (identifier) @name)) @reference.call
(call_expression function: (generic_function function: (field_expression field: (identifier) @name))) @reference.call
(type_identifier) @name @reference.type
(identifier) @name @reference.other

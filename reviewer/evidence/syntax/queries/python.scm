(function_definition name: (identifier) @name) @definition.function
(class_definition name: (identifier) @name) @definition.class
(expression_statement (assignment left: (identifier) @name right: (_))) @definition.constant
(type_alias_statement left: (type (identifier) @name)) @definition.type
[(function_definition) (lambda)] @scope

(function_definition declarator: (function_declarator declarator: (qualified_identifier scope: (_) @owner name: (_) @name))) @definition.method
(function_definition declarator: (_ (function_declarator declarator: (qualified_identifier scope: (_) @owner name: (_) @name)))) @definition.method
(function_definition declarator: (function_declarator declarator: [(identifier) (field_identifier) (operator_name) (destructor_name)] @name)) @definition.function
(function_definition declarator: (_ (function_declarator declarator: [(identifier) (field_identifier) (operator_name) (destructor_name)] @name))) @definition.function
(function_definition declarator: (_ (_ (function_declarator declarator: [(identifier) (field_identifier) (operator_name) (destructor_name)] @name)))) @definition.function
(field_declaration declarator: (function_declarator declarator: [(field_identifier) (operator_name)] @name)) @definition.method
(field_declaration declarator: (_ (function_declarator declarator: [(field_identifier) (operator_name)] @name))) @definition.method
(declaration declarator: (function_declarator declarator: [(identifier) (operator_name) (destructor_name)] @name)) @definition.function
(declaration declarator: (_ (function_declarator declarator: [(identifier) (operator_name)] @name))) @definition.function
(declaration declarator: (init_declarator declarator: (identifier) @name)) @definition.constant
(declaration declarator: (init_declarator declarator: (_ (identifier) @name))) @definition.constant
(field_declaration declarator: (field_identifier) @name) @definition.field
(type_definition declarator: (_ declarator: (type_identifier) @name)) @definition.type
(type_definition declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name)))) @definition.type
(alias_declaration name: (type_identifier) @name) @definition.type
(concept_definition name: (identifier) @name) @definition.type
(namespace_definition name: (_) @name) @definition.module
(class_specifier name: [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
] body: (_)) @definition.class
(class_specifier name: (type_identifier) @name) @mention
(struct_specifier name: (template_type name: (type_identifier) @name) body: (_)) @definition.class
(union_specifier name: (type_identifier) @name body: (_)) @definition.class
(declaration type: (union_specifier name: (type_identifier) @name)) @mention
(enum_specifier name: (type_identifier) @name body: (_)) @definition.class
(enum_specifier name: (type_identifier) @name) @mention
(enumerator name: (identifier) @name) @definition.constant
(preproc_def name: (identifier) @name) @definition.constant
(preproc_function_def name: (identifier) @name) @definition.macro
(lambda_expression) @scope

(call_expression function: [
  (identifier) @name
  (field_expression field: (field_identifier) @name)
  (qualified_identifier name: (identifier) @name)
  (qualified_identifier name: (qualified_identifier name: (identifier) @name))
  (template_function name: (identifier) @name)
  (qualified_identifier name: (template_function name: (identifier) @name))
]) @reference.call
[(type_identifier) (namespace_identifier)] @name @reference.type
[(identifier) (field_identifier)] @name @reference.other
(preproc_arg) @code

(namespace_declaration name: (_) @name) @definition.module
(constructor_declaration name: (identifier) @name) @definition.method
(property_declaration name: (identifier) @name) @definition.constant
(event_declaration name: (identifier) @name) @definition.constant
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.constant
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.constant
(delegate_declaration name: (identifier) @name) @definition.type
(struct_declaration name: (identifier) @name) @definition.class
(record_declaration name: (identifier) @name) @definition.class
(enum_declaration name: (identifier) @name) @definition.class
(enum_member_declaration name: (identifier) @name) @definition.constant
[(block) (arrow_expression_clause) (lambda_expression) (accessor_list)] @scope

(invocation_expression function: [
  (identifier) @name
  (generic_name (identifier) @name)
  (member_access_expression name: (generic_name (identifier) @name))
  (conditional_access_expression (member_binding_expression name: (identifier) @name))
]) @reference.call
(object_creation_expression type: [
  (generic_name (identifier) @name)
  (qualified_name name: (identifier) @name)
]) @reference.class
(argument name: (identifier) @name) @local
(identifier) @name @reference.other

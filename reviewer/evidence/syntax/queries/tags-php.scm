(namespace_definition name: (_) @name body: (_)) @definition.module
(namespace_definition name: (_) @name) @mention
(enum_declaration name: (name) @name) @definition.class
(enum_case name: (name) @name) @definition.constant
(const_declaration (const_element (name) @name)) @definition.constant
[(anonymous_function) (arrow_function) (anonymous_class)] @scope

(function_call_expression function: [
  (name) @name
  (qualified_name (name) @name)
]) @reference.call
(nullsafe_member_call_expression name: (name) @name) @reference.call
(object_creation_expression [
  (name) @name
  (qualified_name (name) @name)
]) @reference.class
(base_clause (name) @name) @reference.class
(scoped_property_access_expression name: (variable_name (name) @name)) @reference.field
(variable_name (name) @name) @local
(name) @name @reference.other

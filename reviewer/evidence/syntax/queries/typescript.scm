(function_declaration name: (_) @name) @definition.function
(generator_function_declaration name: (_) @name) @definition.function
(class_declaration name: (_) @name) @definition.class
(class_body
  (method_definition name: [(property_identifier) (private_property_identifier)] @name) @definition.method)
(public_field_definition name: (property_identifier) @name value: (arrow_function) @callable) @definition.method
(class_body (abstract_method_signature name: (property_identifier) @name) @definition.method)
(class_body (method_signature name: (property_identifier) @name) @definition.method)
(function_signature name: (_) @name) @definition.function
(abstract_class_declaration name: (_) @name) @definition.class
(interface_declaration name: (_) @name) @definition.interface
(type_alias_declaration name: (_) @name) @definition.type
(enum_declaration name: (_) @name) @definition.type

(variable_declarator name: (identifier) @name
  value: [(arrow_function) (function_expression) (generator_function)] @callable) @definition.function
(variable_declarator name: (identifier) @name value: (class) @callable) @definition.class
(variable_declarator name: (identifier) @name) @definition.constant

(assignment_expression left: (member_expression object: (_) @owner property: (property_identifier) @name)
  right: [(arrow_function) (function_expression) (generator_function)] @callable) @definition.method
(assignment_expression left: (member_expression object: (_) @owner property: (property_identifier) @name)
  right: (class) @callable) @definition.class

((assignment_expression left: (member_expression) @exported
  right: [(function_expression name: (_) @name) (generator_function name: (_) @name)] @callable)
  @definition.function (#eq? @exported "module.exports"))
((assignment_expression left: (member_expression) @exported right: (class name: (_) @name) @callable)
  @definition.class (#eq? @exported "module.exports"))

[(arrow_function) (function_expression) (function_declaration) (method_definition)
  (generator_function) (generator_function_declaration) (internal_module) (module)] @scope

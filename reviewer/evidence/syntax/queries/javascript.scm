(function_declaration name: (_) @name) @definition.function
(generator_function_declaration name: (_) @name) @definition.function
(class_declaration name: (_) @name) @definition.class
(class_body
  (method_definition name: [(property_identifier) (private_property_identifier)] @name) @definition.method)
(field_definition property: (property_identifier) @name value: (arrow_function) @callable) @definition.method

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
  (generator_function) (generator_function_declaration)] @scope

(class_declaration "interface" name: (identifier) @name) @definition.interface
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name) @definition.class
(companion_object name: (identifier) @name) @definition.class
(type_alias type: (identifier) @name) @definition.type
(enum_entry (identifier) @name) @definition.constant
(function_declaration name: (identifier) @name) @definition.function
(property_declaration (variable_declaration (identifier) @name)) @definition.constant
(property_declaration (multi_variable_declaration (variable_declaration (identifier) @name))) @definition.constant
(class_parameter ["val" "var"] (identifier) @name) @definition.constant
[(object_literal) (lambda_literal) (anonymous_function) (anonymous_initializer) (getter) (setter) (function_body)] @scope

(call_expression . (identifier) @name) @reference.call
(call_expression . (navigation_expression (identifier) @name .)) @reference.call
(user_type (identifier) @name) @reference.type
(value_argument . (identifier) @name "=") @local
(identifier) @name @reference.other
(string_content) @dollar

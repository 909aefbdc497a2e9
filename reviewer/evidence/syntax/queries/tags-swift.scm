(class_declaration "extension" name: (user_type) @name) @definition.module
(function_declaration name: (simple_identifier) @name) @definition.function
(protocol_function_declaration name: (simple_identifier) @name) @definition.function
(init_declaration "init" @name) @definition.method
(deinit_declaration "deinit" @name) @definition.method
(subscript_declaration "subscript" @name) @definition.method
(subscript_declaration (parameter (simple_identifier) @name)) @mention
(property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @definition.property
(property_declaration name: (pattern (pattern (simple_identifier) @name))) @definition.property
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @definition.property
(typealias_declaration name: (type_identifier) @name) @definition.type
(associatedtype_declaration name: (type_identifier) @name) @definition.type
(enum_entry name: (simple_identifier) @name) @definition.constant
[(lambda_literal) (computed_property) (function_body) (willset_didset_block)] @scope

(call_expression . (simple_identifier) @name) @reference.call
(call_expression . (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @name))) @reference.call
(value_argument_label (simple_identifier) @name) @local
(type_identifier) @name @reference.type
(simple_identifier) @name @reference.other

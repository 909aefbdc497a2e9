(impl_item type: [
  (type_identifier) @name
  (generic_type type: (type_identifier) @name)
  (scoped_type_identifier name: (type_identifier) @name)
  (generic_type type: (scoped_type_identifier name: (type_identifier) @name))
  (reference_type type: (type_identifier) @name)
]) @definition.module
(function_signature_item name: (identifier) @name) @definition.function
(associated_type name: (type_identifier) @name) @definition.type
(type_item name: (type_identifier) @name) @definition.type
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.constant
(enum_variant name: (identifier) @name) @definition.constant
[(closure_expression) (block)] @scope

(call_expression function: [
  (scoped_identifier name: (identifier) @name)
  (generic_function function: (identifier) @name)
  (generic_function function: (scoped_identifier name: (identifier) @name))
  (generic_function function: (field_expression field: (field_identifier) @name))
]) @reference.call
(type_identifier) @name @reference.type
[(identifier) (field_identifier)] @name @reference.other

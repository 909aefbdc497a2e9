(interface_declaration body: (interface_body (property_signature name: (property_identifier) @name) @field))
(interface_declaration body: (interface_body (method_signature name: (property_identifier) @name) @method))
(type_alias_declaration value: (object_type (property_signature name: (property_identifier) @name) @field))
(type_alias_declaration value: (object_type (method_signature name: (property_identifier) @name) @method))
(enum_body name: (property_identifier) @name @field)
(enum_body (enum_assignment name: (property_identifier) @name) @field)
(class_body (public_field_definition name: (property_identifier) @name) @field)
(class_body (method_definition parameters: (formal_parameters
  (required_parameter (accessibility_modifier) pattern: (identifier) @name) @field)))

(type_spec type: (struct_type (field_declaration_list (field_declaration name: (field_identifier) @name) @field)))
(type_spec type: (interface_type (method_elem name: (field_identifier) @name) @method))

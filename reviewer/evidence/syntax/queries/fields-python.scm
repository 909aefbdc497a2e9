(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @field))

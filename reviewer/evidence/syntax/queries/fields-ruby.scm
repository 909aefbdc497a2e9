(class body: (body_statement (assignment left: (constant) @name) @field))
(module body: (body_statement (assignment left: (constant) @name) @field))

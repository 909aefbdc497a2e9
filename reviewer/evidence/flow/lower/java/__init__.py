"""Lowers Java.

Variables, types and methods have names of their own in Java. In a class's scope a type stands under its name, a field
as `.name`, and a method under its name and the types of its parameters, `add(int,String)`; a constructor is `<init>`.
A call asks for a method by what its arguments evidently are: `add(int,?)`.
"""

from reviewer.evidence.flow.lower.java.declarations import lower_module

__all__ = ["lower_module"]

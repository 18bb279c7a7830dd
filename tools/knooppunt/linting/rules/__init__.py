"""One file per rule, found by name; the code of a rule never changes and is never given to another."""

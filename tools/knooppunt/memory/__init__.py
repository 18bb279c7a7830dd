"""What was translated before: exact, in-context and fuzzy matches, and a concordance."""

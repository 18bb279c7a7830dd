"""A page and its existing translation -> pairs of texts."""

"""How faithful the way from Markdown to catalogs and back is, measured on whole corpora; see `__main__`."""

"""An existing translated docs tree -> catalogs."""

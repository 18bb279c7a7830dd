"""The translation memory of a locale, out of its catalogs and its TMX files."""

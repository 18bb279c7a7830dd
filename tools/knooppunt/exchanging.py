"""Catalogs out to files of translation tools, and back."""

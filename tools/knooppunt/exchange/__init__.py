"""Catalogs to the formats of translation tools and back: one file per format. Text in, text out."""

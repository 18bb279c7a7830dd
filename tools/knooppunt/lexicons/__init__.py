"""What ships with Knooppunt of each language: counts of clean text, and the weights that tell split compounds."""

from knooppunt.lexicons.load import available, load_lexicon

__all__ = ("available", "load_lexicon")

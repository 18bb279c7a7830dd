"""Benchmarks: CPU seconds of Knooppunt and of its peers, measured in the same run. `python -m benchmarks --help`.

Each thing measured is a process of its own, so this program stays small and imports nothing of what it measures.
"""

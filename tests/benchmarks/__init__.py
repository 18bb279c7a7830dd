"""Benchmarks: each measures CPU seconds of Knooppunt and of a peer in the same run, and prints their ratio."""

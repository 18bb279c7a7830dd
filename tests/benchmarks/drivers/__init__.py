"""One program per tool: each runs in a process of its own, over all pages, in the fastest way its tool offers.

`python -m benchmarks.drivers.NAME extract|generate LIST SOURCES CATALOGS OUT` works through the relative paths of the
file LIST; `loop` has what they share. Peers are imported by name at run time: they are in an environment of their own.
"""

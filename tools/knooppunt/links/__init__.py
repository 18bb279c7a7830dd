"""Links: where they are written, where they lead, what is broken; of sources, of built sites, to other hosts."""

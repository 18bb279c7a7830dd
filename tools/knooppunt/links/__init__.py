"""Links: where they are written, where they lead, and what is broken; of sources, of built sites, and to other hosts."""

"""Running both forms of a row, each in a process of its own, and comparing what comes of it."""

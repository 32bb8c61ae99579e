"""The command line: one module a command, over the same core as the full-screen app."""

"""From source text to the public names of the frameworks that it uses; no framework is imported.

`resolve.read` reads a module or a snippet, `pasted.read_line` what someone pasted, whole or not,
and `written` gives the names in any text as they are spelled, for ranking as one types.
"""

"""The cheatsheet: what a row is, and how rows get from YAML into memory."""

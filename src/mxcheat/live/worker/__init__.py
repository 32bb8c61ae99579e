"""The side of the processes that run snippets: standard library, Python 3.8, found by path."""

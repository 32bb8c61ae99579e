# Python's table of modules emptied.
# status: ok
# output: out number int64 () 5
import sys

sys.modules.clear()
5

# No descriptor is left in the process.
# status: ok
# output: out number int64 () 5
import os

try:
    while True:
        os.open(os.devnull, os.O_RDONLY)
except OSError:
    pass
5

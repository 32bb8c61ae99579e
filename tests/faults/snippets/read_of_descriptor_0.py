# A read of descriptor 0 ends at once.
# status: ok
# output: out number int64 () 0
import os

len(os.read(0, 100))

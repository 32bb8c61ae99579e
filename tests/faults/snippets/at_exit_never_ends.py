# A function registered to run at exit that never ends: the outputs are there, and nobody waits.
# status: ok
# output: out number int64 () 5
import atexit
import time

atexit.register(time.sleep, 60)
5

# A daemon: forked twice, in a session of its own, and asking not to die with its parent.
# status: ok
# output: out number int64 () 5
import ctypes
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(1, 0)
        time.sleep(60)
    os._exit(0)
5

# A process that forks and leaves, again and again: each one is gone before it can be counted.
# status: ok
# output: out number int64 () 5
import os
import time

if os.fork() == 0:
    for _ in range(500):
        if os.fork():
            os._exit(0)
        os.setsid()
        time.sleep(0.002)
    time.sleep(60)
5

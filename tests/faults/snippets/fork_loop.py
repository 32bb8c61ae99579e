# A hundred copies of the process, half of them in sessions of their own.
# status: ok
# output: out number int64 () 5
import os
import time

for number in range(100):
    if os.fork() == 0:
        if number % 2:
            os.setsid()
        time.sleep(60)
5

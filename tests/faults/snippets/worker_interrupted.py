# The snippet sends polite signals to the process that it was forked from: they change nothing.
# status: ok
# output: out number int64 () 5
import os
import signal
import time

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
    os.kill(os.getppid(), number)
time.sleep(0.1)
5

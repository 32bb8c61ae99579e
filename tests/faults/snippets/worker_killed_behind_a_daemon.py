# The snippet leaves a daemon and kills the process that would have ended it.
# status: crashed
# error: crashed
# message: process ended with SIGKILL
import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
os.wait()
os.kill(os.getppid(), signal.SIGKILL)
time.sleep(60)

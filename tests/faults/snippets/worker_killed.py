# The snippet kills the process that it was forked from.
# status: crashed
# error: crashed
# message: process ended with SIGKILL
# stdout: 'so far\n'
import os
import signal
import time

print("so far", flush=True)
os.kill(os.getppid(), signal.SIGKILL)
time.sleep(60)

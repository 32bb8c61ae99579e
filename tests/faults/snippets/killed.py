# SIGKILL from nowhere, as the kernel sends it when memory runs out.
# status: crashed
# error: SIGKILL
# message: most often memory had run out
# stdout: 'so far\n'
import os
import signal

print("so far", flush=True)
os.kill(os.getpid(), signal.SIGKILL)

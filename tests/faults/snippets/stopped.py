# The process stops itself with SIGSTOP.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
# stdout: 'so far\n'
import os
import signal

print("so far", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)

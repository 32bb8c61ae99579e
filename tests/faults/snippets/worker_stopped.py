# The snippet stops the process that it was forked from, which then cannot end it.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
import os
import signal

os.kill(os.getppid(), signal.SIGSTOP)
while True:
    pass

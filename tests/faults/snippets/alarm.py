# A timer of the snippet's own ends the process.
# status: crashed
# error: SIGALRM
# message: ended by this signal
import signal
import time

signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(60)

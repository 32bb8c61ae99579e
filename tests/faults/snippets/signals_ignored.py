# Every signal that can be ignored is, and every one that can be blocked is as well.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
import signal

for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    pass

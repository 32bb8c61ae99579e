# A trace function that raises at the first call it sees.
# status: error
# error: SystemExit
# message: traced
import sys


def trace(frame, event, argument):
    raise SystemExit("traced")


sys.settrace(trace)
5

# The modules that describe an exception are patched to raise: the exception is told all the same.
# status: error
# error: ZeroDivisionError
# message: division by zero
import linecache
import traceback


def broken(*arguments, **options):
    raise SystemExit(0)


linecache.getlines = traceback.format_exception = traceback.extract_tb = broken
1 / 0

# Compiled code that blocks and keeps Python's lock: no Python code can run in the process.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
import ctypes

ctypes.PyDLL(None).sleep(60)

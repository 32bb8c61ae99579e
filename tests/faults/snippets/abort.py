# abort() in compiled code.
# status: crashed
# error: SIGABRT
# message: gave up
# stdout: 'so far\n'
import ctypes

print("so far", flush=True)
ctypes.CDLL(None).abort()

# A segmentation fault in compiled code.
# status: crashed
# error: SIGSEGV
# message: memory that is not its own
# stdout: 'so far\n'
import ctypes

print("so far", flush=True)
ctypes.string_at(0)

# os._exit(0): the process is gone without a reply; return code 0 is not success.
# status: crashed
# error: exit
# message: ended by itself .exit code 0.
# stdout: 'so far\n'
import os

print("so far", flush=True)
os._exit(0)

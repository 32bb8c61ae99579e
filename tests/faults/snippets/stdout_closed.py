# Descriptors 1 and 2 closed: what is printed then is an error of the snippet.
# status: error
# error: OSError
# message: Bad file descriptor
# line: 11
# stdout: 'so far\n'
import os

print("so far", flush=True)
os.closerange(1, 3)
print("lost", flush=True)

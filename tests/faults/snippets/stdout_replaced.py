# Descriptors 1 and 2 lead elsewhere: what goes there is lost, the outputs are not.
# status: ok
# stdout: 'so far\n'
# output: out number int64 () 5
import os

print("so far", flush=True)
nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
os.dup2(nowhere, 2)
print("lost")
5

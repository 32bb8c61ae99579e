# A sleep longer than the time limit.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
# stdout: 'so far\n'
import time

print("so far", flush=True)
time.sleep(60)

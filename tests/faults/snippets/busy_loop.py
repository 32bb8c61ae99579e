# A loop that never ends.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
# stdout: 'so far\n'
print("so far", flush=True)
while True:
    pass

# Lines without end: the first 256 KiB are kept, the rest is read and dropped.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
# printed: 262144
# truncated: True
while True:
    print("a line")

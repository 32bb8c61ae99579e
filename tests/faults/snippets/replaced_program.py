# The process becomes another program, which succeeds; that is no reply.
# status: crashed
# error: exit
# message: ended by itself .exit code 0.
# stdout: 'hello\n'
import os

os.execv("/bin/sh", ["sh", "-c", "echo hello"])

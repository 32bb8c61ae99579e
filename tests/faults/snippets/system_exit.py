# sys.exit(0): the snippet did not reach its end, so it did not succeed.
# status: error
# error: SystemExit
# message: ^0$
# line: 10
# stdout: 'so far\n'
import sys

print("so far")
sys.exit(0)

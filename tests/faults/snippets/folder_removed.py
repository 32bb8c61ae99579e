# The working directory is removed before something else goes wrong.
# status: error
# error: ZeroDivisionError
# message: division by zero
# line: 9
import os

os.rmdir(os.getcwd())
1 / 0

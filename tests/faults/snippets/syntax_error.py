# Code that is no Python: the message points into the snippet, and nothing of it runs.
# status: error
# error: SyntaxError
# message: '\(' was never closed
# line: 9
# stdout: ''

print("never printed")
y = (1 +

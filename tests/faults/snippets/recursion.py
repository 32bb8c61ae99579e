# Recursion without end in Python.
# status: error
# error: RecursionError
# message: maximum recursion depth exceeded
# line: 9


def again():
    return again()


again()

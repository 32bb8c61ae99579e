# An exception whose text never comes.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$


class Endless(Exception):
    def __str__(self):
        while True:
            pass


raise Endless

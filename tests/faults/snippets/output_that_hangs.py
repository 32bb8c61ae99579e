# An output whose text never comes.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$


class Endless:
    def __repr__(self):
        while True:
            pass


Endless()

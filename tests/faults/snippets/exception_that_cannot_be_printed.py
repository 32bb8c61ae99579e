# An exception whose text is another exception, of the kind that ends a program.
# status: error
# error: Unprintable
# message: cannot be printed
# line: 13


class Unprintable(Exception):
    def __str__(self):
        raise SystemExit(0)


raise Unprintable

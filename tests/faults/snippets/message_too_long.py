# An exception with a message of 100 MB and a name of a megabyte.
# status: error
# error: LongLong
# message: ^x{10000}
# names: 300
# line: 8

raise type("Long" * 250_000, (Exception,), {})("x" * 10**8)

# More memory than there is, asked for at once.
# status: error
# error: MemoryError
# line: 5
data = bytearray(10**12)

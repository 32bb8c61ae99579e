# Compiled code that floods descriptor 2, past sys.stderr.
# status: ok
# output: out number int64 () 5
# stderr: ^(e{79}\n)+e*$
# truncated: True
import ctypes

libc = ctypes.CDLL(None)
line = b"e" * 79 + b"\n"
for _ in range(1000):
    libc.write(2, line * 100, 8000)
5

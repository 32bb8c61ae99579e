# Bytes that are no UTF-8, and a NUL: kept as text, with the marks that stand for such bytes.
# status: ok
# stdout: 'caf\ufffd \ufffd\ufffd \x00 end\n'
import os

os.write(1, b"caf\xe9 \xff\xfe \x00 end\n")

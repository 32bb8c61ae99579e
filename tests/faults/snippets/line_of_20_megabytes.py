# 20 MB without a newline: the first 256 KiB are kept.
# status: ok
# output: out number int64 () 5
# printed: 262144
# truncated: True
print("x" * 20_000_000)
5

# Twenty thousand warnings.
# status: ok
# output: out number int64 () 5
# stderr: UserWarning: number 0
# truncated: True
import warnings

warnings.simplefilter("always")
for number in range(20_000):
    warnings.warn(f"number {number}")
5

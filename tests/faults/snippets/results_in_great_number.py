# A hundred thousand outputs: the first 64 travel.
# status: ok
# outputs: 64
# output: out[0] array float32 (1,) [1.]
import numpy as np

[np.ones(1, dtype="float32")] * 100_000

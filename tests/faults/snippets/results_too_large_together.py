# Outputs that are each within the limit, and together more than a reply may hold.
# status: ok
# output: out[0] array float64 (100000,) [1., 1., 1.
import numpy as np

[np.ones(100_000)] * 64

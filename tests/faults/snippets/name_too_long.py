# A key of ten million characters, and one with escape codes: names are bounded.
# status: ok
# names: 300
# output: out['kkkk
import numpy as np

{"k" * 10**7: np.ones(1), "\x1b[2J": 2}

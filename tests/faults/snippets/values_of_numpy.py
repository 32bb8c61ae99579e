# Arrays of NumPy that are no numbers, or not in this machine's order of bytes.
# status: ok
# output: a object None None array(['a', 'bc']
# output: b object None None array([1, None], dtype=object)
# output: c object None None array(['2020-01-01'], dtype='datetime64[D]')
# output: d array float32 (3,) [0., 1., 2.]
# output: e array complex128 (1,) [1.0000+2.0000j]
import numpy as np

a = np.array(["a", "bc"])
b = np.array([1, None], dtype=object)
c = np.array(["2020-01-01"], dtype="datetime64[D]")
d = np.arange(3, dtype=">f4")
e = np.array([1 + 2j])
a, b, c, d, e

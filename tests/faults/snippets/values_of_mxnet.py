# Values that are awkward to carry: not finite, without dimensions, empty, sparse, of odd dtypes.
# sides: gluon
# status: ok
# output: a array float32 (3,) [ nan,  inf, -inf]
# output: b array float32 () 7.
# output: c array float32 (0, 3)
# output: d array bool (2,) [ True, False]
# output: e array float32 (2, 2) [[1., 0.],
# output: f array int64 (1,) [9007199254740993]
mx.util.set_np()
a = nd.array([float("nan"), float("inf"), float("-inf")])
b = mx.np.array(7.0)
c = mx.np.ones((0, 3))
d = mx.np.array([1, 0]) > 0
e = mx.nd.array([[1, 0], [0, 1]]).tostype("csr")
f = nd.array([2**53 + 1], dtype="int64")
a, b, c, d, e, f

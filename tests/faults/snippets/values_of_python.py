# Values of Python that are no arrays: too large, without end, within themselves.
# status: ok
# output: a number float64 () nan
# output: b number int () 1000000000000000000000000000000
# output: c object None None <generator object
# output: d sequence None None ((((
# output: e number complex128 () (1+2j)
# output: f sequence None None (1, (2, None))
a = float("nan")
b = 10**30
c = (n for n in range(10**12))
d = []
d.append(d)
e = 1 + 2j
f = [1, [2, None]]
a, b, c, d, e, f

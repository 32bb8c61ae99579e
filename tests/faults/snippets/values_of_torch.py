# Values that are awkward to carry: not finite, without dimensions, empty, complex, of odd dtypes.
# sides: pytorch
# status: ok
# output: a array float32 (3,) [ nan,  inf, -inf]
# output: b array int64 () 7
# output: c array float32 (0, 3)
# output: d array complex64 (1,) [1.0000-2.0000j]
# output: e array bfloat16 (2,) [1.0000, 0.3340]
# output: f array bool (2,) [ True, False]
# output: g array float32 (2, 2) [[1., 0.],
# output: h array uint16 (1,) [65535]
# output: i array float8_e4m3fn (1,) [0.5000]
a = torch.tensor([float("nan"), float("inf"), float("-inf")])
b = torch.tensor(7)
c = torch.empty(0, 3)
d = torch.tensor([1 + 2j]).conj()
e = torch.tensor([1, 1 / 3], dtype=torch.bfloat16)
f = torch.tensor([True, False])
g = torch.eye(2).to_sparse()
h = torch.tensor([65535], dtype=torch.uint16)
i = torch.tensor([0.5]).to(torch.float8_e4m3fn)
a, b, c, d, e, f, g, h, i

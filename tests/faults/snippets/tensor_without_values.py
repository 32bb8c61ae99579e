# Tensors that hold no values: shown as what they are, never as numbers.
# sides: pytorch
# timeout: 20
# status: ok
# output: a object None None tensor(..., device='meta', size=(3,))
# output: b object None None FakeTensor(..., size=(3,))
from torch._subclasses.fake_tensor import FakeTensorMode

a = torch.ones(3, device="meta")
with FakeTensorMode():
    b = torch.ones(3)
a, b

# A million elements in twenty axes: what is shown of each axis does not add up to all of it.
# status: ok
# output: out array float32 (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2) [0., 0., 0., ...
# sides: pytorch
torch.zeros((2,) * 20)

# The framework itself asks for more memory than there is.
# sides: pytorch
# status: error
# error: RuntimeError
# message: can't allocate memory
# line: 7
torch.ones(10**12)

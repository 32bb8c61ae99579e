"""mxcheat: PyTorch and MXNet Gluon, side by side, every claim executed."""

__version__ = "0.1.0"

"""Small hand-made rows for the tests of search."""

from __future__ import annotations

from mxcheat.cheatsheet.row import Printed, Row


def make_row(
    row_id: str,
    function: str,
    pytorch: str,
    gluon: str,
    apis: tuple[str, str] = ("", ""),
    **more: str,
) -> Row:
    """A row; `apis`, `keywords` and `printed` are given as text, split at white space or commas."""
    return Row(
        id=row_id,
        section="tensor",
        function=function,
        pytorch=pytorch,
        gluon=gluon,
        availability="equivalent",
        notes=more.get("notes", ""),
        chinese=more.get("chinese", ""),
        keywords=tuple(filter(None, more.get("keywords", "").split(","))),
        printed=(Printed("sheet", function, more.get("printed", ""), ""),),
        answers={"pytorch": tuple(apis[0].split()), "gluon": tuple(apis[1].split())},
    )


ROWS = (
    make_row(
        "clamp",
        "Limit the values between a minimum and a maximum",
        "torch.clamp(x, 0, 1)",
        "nd.clip(x, 0, 1)",
        ("torch.clamp", "mxnet.nd.clip"),
        keywords="bound,truncate",
        chinese="限制数值范围",
    ),
    make_row(
        "clone", "Copy of a tensor", "x.clone()", "x.copy()", ("Tensor.clone", "NDArray.copy")
    ),
    make_row(
        "copy",
        "Overwrite one tensor with another",
        "dst.copy_(src)",
        "src.copyto(dst)",
        ("Tensor.copy_", "NDArray.copyto"),
    ),
    make_row("shape", "Shape of a tensor", "x.size()", "x.shape", ("Tensor.size", "NDArray.shape")),
    make_row(
        "numel", "Number of elements", "x.numel()", "x.size", ("Tensor.numel", "NDArray.size")
    ),
    make_row(
        "eigh",
        "Eigendecomposition of a symmetric matrix",
        "torch.linalg.eigh(a)",
        "nd.linalg.syevd(a)",
        ("torch.linalg.eigh", "mxnet.nd.linalg.syevd"),
        printed="e, v = a.symeig()",
    ),
    make_row(
        "numpy", "As a NumPy array", "x.numpy()", "x.asnumpy()", ("Tensor.numpy", "NDArray.asnumpy")
    ),
    make_row(
        "to-numpy",
        "From the GPU to NumPy",
        "x.cpu().numpy()",
        "x.asnumpy()",
        ("Tensor.cpu Tensor.numpy", "NDArray.asnumpy"),
    ),
    make_row(
        "zero-grad",
        "Clear the gradients",
        "optimizer.zero_grad()",
        "net.zero_grad()",
        ("Optimizer.zero_grad", "Block.zero_grad"),
        keywords="reset gradient,梯度清零",
        notes="Gluon overwrites unless grad_req says accumulate.",
    ),
    make_row(
        "relu", "Rectified linear unit", "F.relu(x)", "nd.relu(x)", ("torch.relu", "mxnet.nd.relu")
    ),
    make_row(
        "relu-layer",
        "Layer that rectifies",
        "nn.ReLU()",
        "nn.Activation('relu')",
        ("torch.nn.ReLU", "mxnet.gluon.nn.Activation"),
    ),
    make_row(
        "chunk",
        "Split into equal parts",
        "x.chunk(2)",
        "nd.split(x, 2)",
        ("Tensor.chunk", "mxnet.nd.split"),
    ),
    make_row(
        "split-sizes",
        "Pieces of given sizes",
        "torch.split(x, [1, 2])",
        "x",
        ("torch.split", "mxnet.nd.slice_axis"),
    ),
    make_row(
        "train",
        "Train for one epoch",
        "loss = loss_fn(net(x), y)\noptimizer.zero_grad()\nloss.backward()\noptimizer.step()",
        "with autograd.record():\n    loss = loss_fn(net(x), y)\nloss.backward()\ntrainer.step(8)",
        (
            "Optimizer.zero_grad Tensor.backward Optimizer.step",
            "mxnet.autograd.record NDArray.backward Trainer.step",
        ),
    ),
)

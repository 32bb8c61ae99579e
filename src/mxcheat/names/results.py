"""What calling the frameworks' public names gives, as far as methods are called on it."""

from __future__ import annotations

from functools import lru_cache

from mxcheat.names.kinds import value_of
from mxcheat.names.values import UNKNOWN, Value, unsure

# Module -> what calling its classes, and its functions, gives.
_RESULTS = {
    "mxnet": ("-", "NDArray"),
    "mxnet.nd": ("NDArray", "NDArray"),
    "mxnet.sym": ("Symbol", "Symbol"),
    "mxnet.np": ("NDArray", "NDArray"),
    "mxnet.npx": ("NDArray", "NDArray"),
    "mxnet.gluon": ("Block", "?"),
    **dict.fromkeys(
        (
            *("mxnet.gluon.nn", "mxnet.gluon.rnn", "mxnet.gluon.loss", "mxnet.gluon.contrib.nn"),
            *("mxnet.gluon.contrib.rnn", "mxnet.gluon.contrib.cnn"),
        ),
        ("Block", "?"),
    ),
    "mxnet.gluon.utils": ("?", "-"),
    "mxnet.gluon.data": ("Dataset", "?"),
    "mxnet.gluon.data.vision": ("Dataset", "?"),
    "mxnet.gluon.data.vision.transforms": ("Block", "NDArray"),
    "mxnet.gluon.data.batchify": ("-", "-"),
    "mxnet.gluon.model_zoo": ("?", "?"),
    "mxnet.gluon.model_zoo.vision": ("Block", "Block"),
    "mxnet.gluon.contrib": ("Block", "?"),
    "mxnet.gluon.contrib.estimator": ("-", "-"),
    "mxnet.gluon.probability": ("?", "?"),
    "mxnet.metric": ("EvalMetric", "EvalMetric"),
    "mxnet.optimizer": ("Optimizer", "Optimizer"),
    "mxnet.mod": ("Module", "?"),
    "mxnet.io": ("DataIter", "?"),
    "mxnet.image": ("DataIter", "NDArray"),
    "mxnet.recordio": ("RecordIO", "-"),
    "mxnet.kv": ("KVStore", "KVStore"),
    "mxnet.operator": ("CustomOp", "-"),
    **dict.fromkeys(
        (
            *("mxnet.init", "mxnet.lr_scheduler", "mxnet.callback", "mxnet.profiler"),
            *("mxnet.monitor", "mxnet.viz", "mxnet.util", "mxnet.random", "mxnet.context"),
            *("mxnet.autograd", "mxnet.test_utils", "mxnet.base", "mxnet.contrib"),
        ),
        ("-", "-"),
    ),
    "mxnet.contrib.autograd": ("-", "-"),
    "mxnet.rnn": ("?", "?"),
    "mxnet.model": ("Module", "?"),
    "torch": ("Tensor", "Tensor"),
    "torch.nn": ("torch.Module", "?"),
    "torch.nn.functional": ("-", "Tensor"),
    "torch.nn.init": ("-", "Tensor"),
    "torch.nn.utils": ("-", "Tensor"),
    "torch.nn.utils.rnn": ("?", "Tensor"),
    "torch.optim": ("torch.Optimizer", "-"),
    "torch.optim.lr_scheduler": ("LRScheduler", "-"),
    "torch.utils": ("?", "?"),
    "torch.utils.data": ("torch.Dataset", "torch.Dataset"),
    "torch.linalg": ("-", "Tensor"),
    "torch.fft": ("-", "Tensor"),
    "torch.special": ("-", "Tensor"),
    "torch.sparse": ("Tensor", "Tensor"),
    **dict.fromkeys(
        (
            *("torch.cuda", "torch.backends", "torch.autograd", "torch.distributed", "torch.amp"),
            *("torch.random", "torch.utils.tensorboard", "torch.onnx", "torch.profiler"),
            *("torch.multiprocessing", "torch.utils.cpp_extension"),
        ),
        ("-", "-"),
    ),
    "torch.jit": ("?", "?"),
    "torch.distributions": ("?", "?"),
    "torchvision": ("?", "?"),
    "torchvision.models": ("torch.Module", "torch.Module"),
    "torchvision.datasets": ("torch.Dataset", "?"),
    "torchvision.transforms": ("torch.Module", "?"),
    "torchvision.transforms.functional": ("?", "Tensor"),
    "torchvision.ops": ("torch.Module", "Tensor"),
}
_RESULT = {
    **dict.fromkeys(("mxnet.nd.save", "mxnet.nd.waitall", "mxnet.sym.save"), "-"),
    "mxnet.nd.load": "{NDArray}",
    **dict.fromkeys(
        (
            *("mxnet.npx.set_np", "mxnet.npx.reset_np", "mxnet.npx.num_gpus", "mxnet.npx.waitall"),
            *("mxnet.npx.is_np_array", "mxnet.npx.save", "mxnet.use_np", "mxnet.np.dtype"),
            *("mxnet.set_np_shape", "mxnet.np_shape", "mxnet.waitall"),
        ),
        "-",
    ),
    **dict.fromkeys(
        (
            *("mxnet.cpu", "mxnet.gpu", "mxnet.cpu_pinned", "mxnet.Context"),
            *("mxnet.current_context", "mxnet.npx.cpu", "mxnet.npx.gpu"),
        ),
        "Context",
    ),
    "mxnet.gluon.Trainer": "Trainer",
    "mxnet.gluon.Parameter": "Parameter",
    "mxnet.gluon.Constant": "Parameter",
    "mxnet.gluon.ParameterDict": "ParameterDict",
    "mxnet.gluon.utils.split_and_load": "[NDArray]",
    "mxnet.gluon.utils.split_data": "[NDArray]",
    "mxnet.gluon.data.DataLoader": "DataLoader",
    **dict.fromkeys(
        (
            *("mxnet.gluon.data.Sampler", "mxnet.gluon.data.SequentialSampler"),
            *("mxnet.gluon.data.RandomSampler", "mxnet.gluon.data.BatchSampler"),
        ),
        "-",
    ),
    "mxnet.gluon.contrib.data.IntervalSampler": "-",
    "mxnet.io.DataBatch": "DataBatch",
    "mxnet.io.DataDesc": "-",
    "mxnet.autograd.grad": "[NDArray]",
    "mxnet.autograd.get_symbol": "Symbol",
    "mxnet.autograd.Function": "Function",
    "mxnet.model.load_checkpoint": "(Symbol,{NDArray},{NDArray})",
    "mxnet.operator.CustomOpProp": "-",
    **dict.fromkeys(
        (
            *("torch.device", "torch.save", "torch.no_grad", "torch.enable_grad", "torch.Size"),
            *("torch.inference_mode", "torch.set_grad_enabled", "torch.manual_seed", "torch.seed"),
            *("torch.is_tensor", "torch.is_grad_enabled", "torch.set_num_threads", "torch.numel"),
            *("torch.set_default_dtype", "torch.get_default_dtype", "torch.Generator"),
            *("torch.set_default_tensor_type", "torch.set_printoptions", "torch.finfo"),
            *("torch.iinfo", "torch.equal", "torch.allclose", "torch.initial_seed", "torch.dtype"),
            *("torch.get_rng_state", "torch.set_rng_state", "torch.get_num_threads"),
            "torch.use_deterministic_algorithms",
        ),
        "-",
    ),
    **dict.fromkeys(("torch.load", "torch.compile", "torch.vmap", "torch.hub.load"), "?"),
    **dict.fromkeys(("torch.nn.Parameter", "torch.autograd.Variable"), "Tensor"),
    "torch.autograd.grad": "[Tensor]",
    "torch.autograd.Function": "torch.Function",
    "torch.utils.data.DataLoader": "torch.DataLoader",
    "torch.utils.data.random_split": "[torch.Dataset]",
    **dict.fromkeys(
        (
            *("torch.utils.data.Sampler", "torch.utils.data.RandomSampler"),
            *("torch.utils.data.SequentialSampler", "torch.utils.data.BatchSampler"),
            *("torch.utils.data.DistributedSampler", "torch.utils.data.WeightedRandomSampler"),
            "torch.utils.data.SubsetRandomSampler",
        ),
        "-",
    ),
    **{
        f"torch.cuda.{name}Tensor": "Tensor"
        for name in ("Float", "Double", "Half", "Long", "Int", "Short", "Byte", "Char", "Bool")
    },
}

# What the libraries on top of a framework give, as far as it is of the framework.
_OUTSIDE = {
    **dict.fromkeys(("gluoncv.model_zoo", "gluoncv.nn", "gluoncv.loss"), "Block"),
    "gluoncv.utils.metrics": "EvalMetric",
    "gluoncv.data": "Dataset",
    "gluoncv.data.transforms": "?",
    "gluoncv.data.batchify": "-",
    "gluonnlp.model": "Block",
    "gluonnlp.model.get_model": "(Block,?)",
    "gluonnlp.loss": "Block",
    "timm.create_model": "torch.Module",
}


def result_outside(path: str) -> Value:
    """What calling a name of a library on top of a framework gives, for likely only."""
    while path:
        if path in _OUTSIDE:
            return unsure(value_of(_OUTSIDE[path]))
        path = path.rpartition(".")[0]
    return UNKNOWN


@lru_cache(maxsize=65536)
def result_of(path: str) -> Value:
    """What calling a public name gives; the path is as `standard` gives it."""
    if path in _RESULT:
        return value_of(_RESULT[path])
    module, _, name = path.rpartition(".")
    is_function = not name[:1].isupper()
    while module:
        owner = module.rpartition(".")[2]
        if owner[:1].isupper():  # SymbolBlock.imports, Module.load: what a class makes otherwise
            return result_of(module)
        if module in _RESULTS:
            return value_of(_RESULTS[module][is_function])
        module = module.rpartition(".")[0]
    return UNKNOWN

"""How public names are spelled: one way for each, whatever path it is reached by.

mx.symbol.relu, mxnet.ndarray.relu and mxnet.nd.op.relu are mxnet.nd.relu; a method is spelled by
the kind of object that it is called on, as NDArray.asnumpy.
"""

from __future__ import annotations

from functools import lru_cache

FRAMEWORKS = ("mxnet", "torch", "torchvision")

# Path -> the one that is written for it and for all below it.
_SAME = {
    "mxnet.ndarray": "mxnet.nd",
    "mxnet.symbol": "mxnet.sym",
    "mxnet.numpy": "mxnet.np",
    "mxnet.numpy_extension": "mxnet.npx",
    **{
        f"mxnet.nd.{part}": "mxnet.nd"
        for part in ("ndarray", "op", "utils", "register", "_internal")
    },
    **{f"mxnet.sym.{part}": "mxnet.sym" for part in ("symbol", "op", "register", "_internal")},
    **{f"mxnet.{home}.numpy": "mxnet.np" for home in ("nd", "sym")},
    **{f"mxnet.{home}.np": "mxnet.np" for home in ("nd", "sym")},
    **{f"mxnet.{home}.numpy_extension": "mxnet.npx" for home in ("nd", "sym")},
    **{f"mxnet.{home}.npx": "mxnet.npx" for home in ("nd", "sym")},
    "mxnet.np.multiarray": "mxnet.np",
    "mxnet.initializer": "mxnet.init",
    "mxnet.module": "mxnet.mod",
    **{
        f"mxnet.mod.{part}": "mxnet.mod"
        for part in ("module", "base_module", "bucketing_module", "executor_group")
    },
    "mxnet.kvstore": "mxnet.kv",
    **{f"mxnet.kv.{part}": "mxnet.kv" for part in ("kvstore", "base")},
    "mxnet.visualization": "mxnet.viz",
    "mxnet.img": "mxnet.image",
    **{f"mxnet.image.{part}": "mxnet.image" for part in ("image", "detection", "det")},
    "mxnet.opt": "mxnet.optimizer",
    "mxnet.optimizer.optimizer": "mxnet.optimizer",
    "mxnet.io.io": "mxnet.io",
    "mxnet.mon": "mxnet.monitor",
    "mxnet.rnd": "mxnet.random",
    "mxnet.device": "mxnet.context",
    **{
        f"mxnet.context.{name}": f"mxnet.{name}"
        for name in ("cpu", "gpu", "cpu_pinned", "Context", "current_context")
    },
    **{f"mxnet.{name}": f"mxnet.context.{name}" for name in ("num_gpus", "gpu_memory_info")},
    "mxnet.util.use_np": "mxnet.use_np",
    "mxnet.util.get_gpu_count": "mxnet.context.get_gpu_count",
    **{f"mxnet.contrib.{home}": "mxnet.nd.contrib" for home in ("nd", "ndarray")},
    **{f"mxnet.contrib.{home}": "mxnet.sym.contrib" for home in ("sym", "symbol")},
    "mxnet.gluon.metric": "mxnet.metric",
    **{f"mxnet.gluon.{part}": "mxnet.gluon" for part in ("block", "parameter", "trainer")},
    **{
        f"mxnet.gluon.nn.{part}": "mxnet.gluon.nn"
        for part in ("basic_layers", "conv_layers", "activations")
    },
    **{
        f"mxnet.gluon.nn.{name}": f"mxnet.gluon.{name}"
        for name in ("Block", "HybridBlock", "SymbolBlock")
    },
    **{f"mxnet.gluon.rnn.{part}": "mxnet.gluon.rnn" for part in ("rnn_cell", "rnn_layer")},
    **{
        f"mxnet.gluon.data.{part}": "mxnet.gluon.data"
        for part in ("dataset", "dataloader", "sampler")
    },
    "mxnet.gluon.data.vision.datasets": "mxnet.gluon.data.vision",
    **{
        f"mxnet.gluon.model_zoo.vision.{part}": "mxnet.gluon.model_zoo.vision"
        for part in ("densenet", "inception", "mobilenet", "resnet", "squeezenet", "vgg")
    },
    **{
        f"mxnet.gluon.contrib.{part}": f"mxnet.gluon.contrib.{part.partition('.')[0]}"
        for part in (
            *("nn.basic_layers", "rnn.rnn_cell", "rnn.conv_rnn_cell", "cnn.conv_layers"),
            *("estimator.estimator", "estimator.event_handler", "estimator.batch_processor"),
            "data.sampler",
        )
    },
    "torch.functional": "torch",
    "torch.nn.parameter.Parameter": "torch.nn.Parameter",
    "torch.autograd.variable": "torch.autograd",
    "torch.autograd.function.Function": "torch.autograd.Function",
    **{
        f"torch.utils.data.{part}": "torch.utils.data"
        for part in ("dataloader", "dataset", "sampler", "distributed")
    },
    "torch.nn.parallel.data_parallel.DataParallel": "torch.nn.DataParallel",
    "torch.nn.parallel.DataParallel": "torch.nn.DataParallel",
}
# What mx.sym has and mx.nd has not, or has as something else.
_OF_SYMBOLS = {"Variable", "var", "Group", "load", "load_json", "fromjson", "Symbol"}
# Classes whose members are spelled as methods are.
_CLASSES = {
    "mxnet.nd.NDArray": "NDArray",
    "mxnet.np.ndarray": "NDArray",
    "mxnet.sym.Symbol": "Symbol",
    "mxnet.gluon.Block": "Block",
    "mxnet.gluon.HybridBlock": "Block",
    "mxnet.gluon.Trainer": "Trainer",
    "mxnet.gluon.Parameter": "Parameter",
    "mxnet.gluon.ParameterDict": "ParameterDict",
    "torch.Tensor": "Tensor",
    "torch.nn.Module": "Module",
    "torch.optim.Optimizer": "Optimizer",
}

_MODULES = """
mxnet: nd nd.contrib nd.random nd.linalg nd.sparse nd.image sym sym.contrib sym.random sym.linalg
    sym.sparse sym.image np np.random np.linalg np.fft npx npx.random npx.image
    gluon gluon.nn gluon.rnn gluon.loss gluon.utils gluon.data gluon.data.vision gluon.data.batchify
    gluon.data.vision.transforms gluon.data.vision.transforms.image gluon.model_zoo
    gluon.model_zoo.vision gluon.model_zoo.model_store gluon.probability gluon.contrib
    gluon.contrib.nn gluon.contrib.rnn gluon.contrib.cnn gluon.contrib.data gluon.contrib.data.text
    gluon.contrib.data.vision gluon.contrib.estimator autograd init metric optimizer
    optimizer.contrib lr_scheduler io io.utils image mod model kv kvstore_server callback monitor
    profiler random recordio context test_utils viz util base operator rnn executor
    executor_manager registry attribute name engine runtime library libinfo log amp amp.lists onnx
    rtc error misc notebook notebook.callback numpy_op_signature contrib contrib.amp contrib.amp.amp
    contrib.autograd contrib.io contrib.onnx contrib.onnx.onnx2mx
    contrib.onnx.mx2onnx contrib.quantization contrib.quant contrib.tensorboard contrib.tensorrt
    contrib.text contrib.text.embedding contrib.text.vocab contrib.text.utils
    contrib.svrg_optimization contrib.svrg_optimization.svrg_module
torch: nn nn.functional nn.init nn.modules nn.parallel nn.parameter nn.quantized nn.qat nn.utils
    nn.utils.rnn nn.utils.parametrizations nn.utils.parametrize nn.utils.prune nn.attention
    optim optim.lr_scheduler optim.swa_utils utils utils.data utils.checkpoint utils.tensorboard
    utils.model_zoo utils.dlpack utils.cpp_extension utils.benchmark utils.hooks autograd
    autograd.functional autograd.profiler autograd.function autograd.graph cuda cuda.amp
    cuda.random cuda.nccl cuda.nvtx amp distributed distributed.rpc distributed.autograd
    distributed.optim distributed.nn distributed.fsdp distributed.fsdp.wrap distributed.checkpoint
    distributed.checkpoint.state_dict distributed.tensor distributed.tensor.parallel
    distributed.elastic distributed.launch distributed.algorithms distributions
    distributions.gamma distributions.normal linalg fft special sparse jit onnx hub fx fx.node
    fx.proxy backends backends.cudnn backends.cuda backends.mps backends.mkldnn random version
    testing multiprocessing profiler quantization ao futures package overrides func masked
    accelerator mps xpu classes ops export compiler library types serialization storage
torchvision: datasets models models.detection models.segmentation models.resnet models.vgg ops
    ops.boxes transforms transforms.functional transforms.v2 transforms.v2.functional utils io
"""


def _read_modules() -> frozenset[str]:
    found = set(FRAMEWORKS)
    root = ""
    for word in _MODULES.split():
        if word.endswith(":"):
            root = word[:-1]
        else:
            found.add(f"{root}.{word}")
    return frozenset(found)


MODULES = _read_modules()


def is_framework(path: str) -> bool:
    """Whether a dotted path is of a framework."""
    return path.partition(".")[0] in FRAMEWORKS


def framework_of(path: str) -> str:
    """The framework that a dotted path is of: "mxnet", "torch" or ""."""
    root = path.partition(".")[0]
    return "torch" if root == "torchvision" else root if root in FRAMEWORKS else ""


def is_module(path: str) -> bool:
    """Whether a path, as `standard` gives it, is a module's: no name that code uses."""
    return path in MODULES


@lru_cache(maxsize=65536)
def standard(path: str) -> str:
    """A path with each module under the name that it is written by here.

    What is reached as mx.sym stays apart from mx.nd: calls of it return symbols.
    """
    done, *parts = path.split(".")
    for part in parts:
        done = f"{done}.{part}"
        done = _SAME.get(done, done)
    module, _, last = done.rpartition(".")
    if module == "mxnet.random" and last != "seed":
        return f"mxnet.nd.random.{last}"
    if module.startswith("torch.nn.modules.") and last[:1].isupper():
        return f"torch.nn.{last}"
    if module.startswith("torch.optim.") and module not in MODULES and last[:1].isupper():
        return f"torch.optim.{last}"  # torch.optim.adam.Adam
    return done


@lru_cache(maxsize=65536)
def symbol_of(path: str) -> str | None:
    """A public name as it is written for readers, or None for a module.

    mxnet.sym.X is mxnet.nd.X, a member of a class that has methods is NDArray.x.
    """
    path = standard(path)
    if path in MODULES:
        return None
    module, _, last = path.rpartition(".")
    if last == "__init__":
        return symbol_of(module)
    if module in _CLASSES:
        return f"{_CLASSES[module]}.{last}"
    if path.startswith("mxnet.sym.") and (module != "mxnet.sym" or last not in _OF_SYMBOLS):
        return f"mxnet.nd.{path.removeprefix('mxnet.sym.')}"
    return path

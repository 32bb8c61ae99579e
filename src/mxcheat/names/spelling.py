"""How public names are spelled: one way for each, whatever its path.

mx.symbol.relu, mxnet.ndarray.relu and mxnet.nd.op.relu are mxnet.nd.relu; a method is spelled with
the kind of object that it is called on, as in NDArray.asnumpy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAMEWORKS = ("mxnet", "torch", "torchvision")


def by_word(texts: Mapping[str, str]) -> dict[str, str]:
    """Each word of the texts, with the key that its text has."""
    return {word: key for key, text in texts.items() for word in text.split()}


# The name that is written for a path and for all below it -> the other paths, after the framework.
_SAME = {
    f"{name.partition('.')[0]}.{path}": name
    for path, name in by_word(
        {
            "mxnet.nd": "ndarray nd.ndarray nd.op nd.utils nd.register nd._internal",
            "mxnet.sym": "symbol sym.symbol sym.op sym.register sym._internal",
            "mxnet.np": "numpy nd.numpy nd.np sym.numpy sym.np np.multiarray",
            "mxnet.npx": "numpy_extension nd.numpy_extension nd.npx sym.numpy_extension sym.npx",
            "mxnet.init": "initializer",
            "mxnet.mod": """module mod.module mod.base_module mod.bucketing_module
                mod.executor_group""",
            "mxnet.kv": "kvstore kv.kvstore kv.base",
            "mxnet.viz": "visualization",
            "mxnet.image": "img image.image image.detection image.det",
            "mxnet.optimizer": "opt optimizer.optimizer",
            "mxnet.io": "io.io",
            "mxnet.monitor": "mon",
            "mxnet.random": "rnd",
            "mxnet.context": "device",
            "mxnet.cpu": "context.cpu",
            "mxnet.gpu": "context.gpu",
            "mxnet.cpu_pinned": "context.cpu_pinned",
            "mxnet.Context": "context.Context",
            "mxnet.current_context": "context.current_context",
            "mxnet.context.num_gpus": "num_gpus",
            "mxnet.context.gpu_memory_info": "gpu_memory_info",
            "mxnet.context.get_gpu_count": "util.get_gpu_count",
            "mxnet.use_np": "util.use_np",
            "mxnet.nd.contrib": "contrib.nd contrib.ndarray",
            "mxnet.sym.contrib": "contrib.sym contrib.symbol",
            "mxnet.metric": "gluon.metric",
            "mxnet.gluon": "gluon.block gluon.parameter gluon.trainer",
            "mxnet.gluon.nn": "gluon.nn.basic_layers gluon.nn.conv_layers gluon.nn.activations",
            "mxnet.gluon.Block": "gluon.nn.Block",
            "mxnet.gluon.HybridBlock": "gluon.nn.HybridBlock",
            "mxnet.gluon.SymbolBlock": "gluon.nn.SymbolBlock",
            "mxnet.gluon.rnn": "gluon.rnn.rnn_cell gluon.rnn.rnn_layer",
            "mxnet.gluon.data": "gluon.data.dataset gluon.data.dataloader gluon.data.sampler",
            "mxnet.gluon.data.vision": "gluon.data.vision.datasets",
            "mxnet.gluon.model_zoo.vision": """
                gluon.model_zoo.vision.densenet gluon.model_zoo.vision.inception
                gluon.model_zoo.vision.mobilenet gluon.model_zoo.vision.resnet
                gluon.model_zoo.vision.squeezenet gluon.model_zoo.vision.vgg""",
            "mxnet.gluon.contrib.nn": "gluon.contrib.nn.basic_layers",
            "mxnet.gluon.contrib.rnn": "gluon.contrib.rnn.rnn_cell gluon.contrib.rnn.conv_rnn_cell",
            "mxnet.gluon.contrib.cnn": "gluon.contrib.cnn.conv_layers",
            "mxnet.gluon.contrib.data": "gluon.contrib.data.sampler",
            "mxnet.gluon.contrib.estimator": """
                gluon.contrib.estimator.estimator gluon.contrib.estimator.event_handler
                gluon.contrib.estimator.batch_processor""",
            "torch": "functional",
            "torch.nn.Parameter": "nn.parameter.Parameter",
            "torch.nn.DataParallel": """nn.parallel.data_parallel.DataParallel
                nn.parallel.DataParallel""",
            "torch.autograd": "autograd.variable",
            "torch.autograd.Function": "autograd.function.Function",
            "torch.utils.data": """utils.data.dataloader utils.data.dataset utils.data.sampler
                utils.data.distributed""",
        }
    ).items()
}
# Packages that offer all classes of the modules within.
_GATHERING = {
    "torch.nn.modules": "torch.nn",
    "torch.optim": "torch.optim",
    "torch.distributions": "torch.distributions",
    "torchvision.datasets": "torchvision.datasets",
}
_WITHIN = ("torch.distributions.gamma", "torch.distributions.normal")
_APART = ("torch.distributions.constraints", "torch.distributions.constraint_registry")
# What many modules of MXNet import from above: mxnet.metric.ndarray is mxnet.nd.
_EVERYWHERE = {"ndarray": "mxnet.nd", "nd": "mxnet.nd", "symbol": "mxnet.sym", "sym": "mxnet.sym"}
# What mx.sym has and mx.nd has not, or has as something else.
_OF_SYMBOLS = {"Variable", "var", "Group", "load", "load_json", "fromjson", "Symbol"}
# Classes whose members are spelled as methods are.
_CLASSES = by_word(
    {
        "NDArray": "mxnet.nd.NDArray mxnet.np.ndarray",
        "Symbol": "mxnet.sym.Symbol",
        "Block": "mxnet.gluon.Block mxnet.gluon.HybridBlock",
        "Trainer": "mxnet.gluon.Trainer",
        "Parameter": "mxnet.gluon.Parameter",
        "ParameterDict": "mxnet.gluon.ParameterDict",
        "Tensor": "torch.Tensor",
        "Module": "torch.nn.Module",
        "Optimizer": "torch.optim.Optimizer",
    }
)

_MODULES = {
    "mxnet": """
        nd nd.contrib nd.random nd.linalg nd.sparse nd.image sym sym.contrib sym.random sym.linalg
        sym.sparse sym.image np np.random np.linalg np.fft npx npx.random npx.image gluon gluon.nn
        gluon.rnn gluon.loss gluon.utils gluon.data gluon.data.vision gluon.data.batchify
        gluon.data.vision.transforms gluon.data.vision.transforms.image gluon.model_zoo
        gluon.model_zoo.vision gluon.model_zoo.model_store gluon.probability gluon.contrib
        gluon.contrib.nn gluon.contrib.rnn gluon.contrib.cnn gluon.contrib.data
        gluon.contrib.data.text gluon.contrib.data.vision gluon.contrib.estimator autograd init
        metric optimizer optimizer.contrib lr_scheduler io io.utils image mod model kv
        kvstore_server callback monitor profiler random recordio context test_utils viz util base
        operator rnn executor executor_manager registry attribute name engine runtime library
        libinfo log amp amp.lists amp.lists.symbol onnx rtc error misc notebook notebook.callback
        numpy_op_signature contrib contrib.amp contrib.amp.amp contrib.autograd contrib.io
        contrib.onnx contrib.onnx.onnx2mx contrib.onnx.mx2onnx contrib.quantization contrib.quant
        contrib.tensorboard contrib.tensorrt contrib.text contrib.text.embedding contrib.text.vocab
        contrib.text.utils contrib.svrg_optimization contrib.svrg_optimization.svrg_module
    """,
    "torch": """
        nn nn.functional nn.init nn.modules nn.parallel nn.parameter nn.quantized nn.qat nn.utils
        nn.utils.rnn nn.utils.parametrizations nn.utils.parametrize nn.utils.prune nn.attention
        optim optim.lr_scheduler optim.swa_utils utils utils.data utils.checkpoint
        utils.tensorboard utils.model_zoo utils.dlpack utils.cpp_extension utils.benchmark
        utils.hooks autograd autograd.functional autograd.profiler autograd.function autograd.graph
        cuda cuda.amp cuda.random cuda.nccl cuda.nvtx amp distributed distributed.rpc
        distributed.autograd distributed.optim distributed.nn distributed.fsdp
        distributed.fsdp.wrap distributed.checkpoint distributed.checkpoint.state_dict
        distributed.tensor distributed.tensor.parallel distributed.elastic distributed.launch
        distributed.algorithms distributions distributions.gamma distributions.normal linalg fft
        special sparse jit onnx hub fx fx.node fx.proxy backends backends.cudnn backends.cuda
        backends.mps backends.mkldnn random version testing multiprocessing profiler quantization
        ao futures package overrides func masked accelerator mps xpu classes ops export compiler
        library types serialization storage
    """,
    "torchvision": """
        datasets models models.detection models.segmentation models.resnet models.vgg ops ops.boxes
        transforms transforms.functional transforms.v2 transforms.v2.functional utils io
    """,
}
MODULES = frozenset(
    {*FRAMEWORKS, *(f"{root}.{path}" for root in _MODULES for path in _MODULES[root].split())}
)


_OF_MXNET = frozenset(
    path
    for path in MODULES - {"mxnet.np"}
    if path.startswith("mxnet.")  # np.ndarray is a class
)


def is_framework(path: str) -> bool:
    """Whether a dotted path belongs to a framework."""
    return path.partition(".")[0] in FRAMEWORKS


def framework_of(path: str) -> str:
    """The framework that a dotted path belongs to: "mxnet", "torch" or ""."""
    root = path.partition(".")[0]
    return "torch" if root == "torchvision" else root if root in FRAMEWORKS else ""


def is_module(path: str) -> bool:
    """Whether a path, as `standard` gives it, is a module's."""
    return path in MODULES


def is_object(path: str) -> bool:
    """Whether a name is that of an object whose members are no names of a framework.

    A text (`mxnet.__version__`), a dictionary (`mxnet.nd.__dict__`), a list (`FP32_FUNCS`).
    """
    last = path.rpartition(".")[2]
    return last.startswith("__") or (last.isupper() and "_" in last and len(last) > len("_C"))


@lru_cache(maxsize=65536)
def standard(path: str) -> str:
    """A path with the one name that each of its modules has here.

    mx.sym stays apart from mx.nd: its functions return symbols.
    """
    done, *parts = path.split(".")
    for part in parts:
        home, done = done, f"{done}.{part}"
        done = _SAME.get(done, done)
        if part in _EVERYWHERE and home in _OF_MXNET and done not in MODULES:
            done = _EVERYWHERE[part]
    module, _, last = done.rpartition(".")
    if module == "mxnet.random" and last != "seed":
        return f"mxnet.nd.random.{last}"
    if last[:1].isupper():
        if module in _GATHERING:
            return f"{_GATHERING[module]}.{last}"
        if (module not in MODULES and module not in _APART) or module in _WITHIN:
            for gathering, name in _GATHERING.items():
                if module.startswith(f"{gathering}."):
                    return f"{name}.{last}"  # torch.optim.adam.Adam
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

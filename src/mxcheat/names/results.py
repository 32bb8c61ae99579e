"""What calling the frameworks' public names returns, as far as code calls methods on it."""

from __future__ import annotations

from functools import lru_cache

from mxcheat.names.kinds import value_of
from mxcheat.names.spelling import by_word
from mxcheat.names.values import UNKNOWN, Value, unsure

# What calling the classes and the functions of a module gives -> the modules.
_RESULTS = by_word(
    {
        "- NDArray": "mxnet",
        "NDArray NDArray": "mxnet.nd mxnet.np mxnet.npx",
        "Symbol Symbol": "mxnet.sym",
        "Block ?": """
            mxnet.gluon mxnet.gluon.nn mxnet.gluon.rnn mxnet.gluon.loss mxnet.gluon.contrib.nn
            mxnet.gluon.contrib.rnn mxnet.gluon.contrib.cnn mxnet.gluon.contrib
        """,
        "? -": "mxnet.gluon.utils",
        "Dataset ?": "mxnet.gluon.data mxnet.gluon.data.vision",
        "Block NDArray": "mxnet.gluon.data.vision.transforms",
        "- -": """
            mxnet.gluon.data.batchify mxnet.gluon.contrib.estimator mxnet.init mxnet.lr_scheduler
            mxnet.callback mxnet.profiler mxnet.monitor mxnet.viz mxnet.util mxnet.random
            mxnet.context mxnet.autograd mxnet.test_utils mxnet.base mxnet.contrib
            mxnet.contrib.autograd torch.cuda torch.backends torch.autograd torch.distributed
            torch.amp torch.random torch.utils.tensorboard torch.onnx torch.profiler
            torch.multiprocessing torch.utils.cpp_extension
        """,
        "? ?": """
            mxnet.gluon.model_zoo mxnet.gluon.probability mxnet.rnn torch.utils torch.jit
            torch.distributions torchvision
        """,
        "Block Block": "mxnet.gluon.model_zoo.vision",
        "EvalMetric EvalMetric": "mxnet.metric",
        "Optimizer Optimizer": "mxnet.optimizer",
        "Module ?": "mxnet.mod mxnet.model",
        "DataIter ?": "mxnet.io",
        "DataIter NDArray": "mxnet.image",
        "RecordIO -": "mxnet.recordio",
        "KVStore KVStore": "mxnet.kv",
        "CustomOp -": "mxnet.operator",
        "Tensor Tensor": "torch torch.sparse",
        "torch.Module ?": "torch.nn torchvision.transforms",
        "- Tensor": """
            torch.nn.functional torch.nn.init torch.nn.utils torch.linalg torch.fft torch.special
        """,
        "? Tensor": "torch.nn.utils.rnn torchvision.transforms.functional",
        "torch.Optimizer -": "torch.optim",
        "LRScheduler -": "torch.optim.lr_scheduler",
        "torch.Dataset torch.Dataset": "torch.utils.data",
        "torch.Module torch.Module": "torchvision.models",
        "torch.Dataset ?": "torchvision.datasets",
        "torch.Module Tensor": "torchvision.ops",
    }
)
# What calling a name gives, where it is not what others of its module give -> the names.
_RESULT = by_word(
    {
        "-": """
            mxnet.nd.save mxnet.nd.waitall mxnet.sym.save mxnet.npx.set_np mxnet.npx.reset_np
            mxnet.npx.num_gpus mxnet.npx.waitall mxnet.npx.is_np_array mxnet.npx.save mxnet.use_np
            mxnet.np.dtype mxnet.set_np_shape mxnet.np_shape mxnet.waitall mxnet.gluon.data.Sampler
            mxnet.gluon.data.SequentialSampler mxnet.gluon.data.RandomSampler
            mxnet.gluon.data.BatchSampler mxnet.gluon.contrib.data.IntervalSampler
            mxnet.io.DataDesc mxnet.operator.CustomOpProp torch.device torch.save torch.no_grad
            torch.enable_grad torch.Size torch.inference_mode torch.set_grad_enabled
            torch.manual_seed torch.seed torch.is_tensor torch.is_grad_enabled
            torch.set_num_threads torch.numel torch.set_default_dtype torch.get_default_dtype
            torch.Generator torch.set_default_tensor_type torch.set_printoptions torch.finfo
            torch.iinfo torch.equal torch.allclose torch.initial_seed torch.dtype
            torch.get_rng_state torch.set_rng_state torch.get_num_threads
            torch.use_deterministic_algorithms torch.utils.data.Sampler
            torch.utils.data.RandomSampler torch.utils.data.SequentialSampler
            torch.utils.data.BatchSampler torch.utils.data.DistributedSampler
            torch.utils.data.WeightedRandomSampler torch.utils.data.SubsetRandomSampler
        """,
        "{NDArray}": "mxnet.nd.load",
        "Context": """
            mxnet.cpu mxnet.gpu mxnet.cpu_pinned mxnet.Context mxnet.current_context mxnet.npx.cpu
            mxnet.npx.gpu
        """,
        "Trainer": "mxnet.gluon.Trainer",
        "Parameter": "mxnet.gluon.Parameter mxnet.gluon.Constant",
        "ParameterDict": "mxnet.gluon.ParameterDict",
        "[NDArray]": """
            mxnet.gluon.utils.split_and_load mxnet.gluon.utils.split_data mxnet.autograd.grad
        """,
        "DataLoader": "mxnet.gluon.data.DataLoader",
        "DataBatch": "mxnet.io.DataBatch",
        "Symbol": "mxnet.autograd.get_symbol",
        "Function": "mxnet.autograd.Function",
        "(Symbol,{NDArray},{NDArray})": "mxnet.model.load_checkpoint",
        "?": "torch.load torch.compile torch.vmap torch.hub.load",
        "Tensor": """
            torch.nn.Parameter torch.autograd.Variable torch.cuda.FloatTensor
            torch.cuda.DoubleTensor torch.cuda.HalfTensor torch.cuda.LongTensor
            torch.cuda.IntTensor torch.cuda.ShortTensor torch.cuda.ByteTensor torch.cuda.CharTensor
            torch.cuda.BoolTensor
        """,
        "[Tensor]": "torch.autograd.grad",
        "torch.Function": "torch.autograd.Function",
        "torch.Module": """
            torch.nn.utils.weight_norm torch.nn.utils.remove_weight_norm
            torch.nn.utils.spectral_norm torch.nn.utils.remove_spectral_norm
            torch.nn.utils.parametrizations.weight_norm
            torch.nn.utils.parametrizations.spectral_norm
            torch.nn.utils.parametrizations.orthogonal
            torch.nn.SyncBatchNorm.convert_sync_batchnorm
        """,
        "torch.DataLoader": "torch.utils.data.DataLoader",
        "[torch.Dataset]": "torch.utils.data.random_split",
    }
)
# What libraries built on a framework return, as far as it is the framework's.
_OUTSIDE = by_word(
    {
        "Block": "gluoncv.model_zoo gluoncv.nn gluoncv.loss gluonnlp.model gluonnlp.loss",
        "EvalMetric": "gluoncv.utils.metrics",
        "Dataset": "gluoncv.data",
        "?": "gluoncv.data.transforms",
        "-": "gluoncv.data.batchify",
        "(Block,?)": "gluonnlp.model.get_model",
        "torch.Module": "timm.create_model",
    }
)


def result_outside(path: str) -> Value:
    """What calling a name of a library built on a framework returns, as a likely value."""
    while path:
        if path in _OUTSIDE:
            return unsure(value_of(_OUTSIDE[path]))
        path = path.rpartition(".")[0]
    return UNKNOWN


@lru_cache(maxsize=65536)
def result_of(path: str) -> Value:
    """What calling a public name returns; the path is as `standard` gives it."""
    if path in _RESULT:
        return value_of(_RESULT[path])
    module, _, name = path.rpartition(".")
    is_function = not name[:1].isupper()
    while module:
        owner = module.rpartition(".")[2]
        if owner[:1].isupper():  # SymbolBlock.imports, Module.load: other constructors
            return result_of(module)
        if module in _RESULTS:
            return value_of(_RESULTS[module].split()[is_function])
        module = module.rpartition(".")[0]
    return UNKNOWN

"""Libraries besides the frameworks: those built on one, and those with objects of their own."""

from __future__ import annotations

import re
import sys

from mxcheat.names.kinds import MXNET_ONLY
from mxcheat.names.spelling import FRAMEWORKS, by_word, framework_of

# Framework -> the libraries built on it.
ON_TOP = by_word(
    {
        "mxnet": """
            gluoncv gluonnlp gluonts gluonfr autogluon mxboard d2lzh mxfusion mxnet_model_server
            insightface keras_mxnet sockeye
        """,
        "torch": """
            torchtext torchaudio torchmetrics pytorch_lightning lightning timm ignite fastai kornia
            accelerate apex detectron2 tensorboardX torch_geometric torchsummary torchdata
            segmentation_models_pytorch
        """,
    }
)
_OF_EITHER = ("d2l", "horovod", "byteps")  # d2l.mxnet, d2l.torch
_MENTION = re.compile(
    rf"\b(?:{'|'.join(sorted({*FRAMEWORKS, *ON_TOP, *_OF_EITHER, *MXNET_ONLY}))})\b"
)
# Frameworks whose objects have methods of the same names.
_OTHERS = ("tensorflow", "keras", "jax", "chainer", "cupy", "paddle", "mindspore")
# Libraries whose objects are their own; any other library may return a framework's.
_OF_THEIR_OWN = {
    *("numpy", "scipy", "pandas", "sklearn", "matplotlib", "PIL", "cv2", "skimage", "tensorflow"),
    *("keras", "jax", "jaxlib", "flax", "optax", "chainer", "cupy", "theano", "paddle"),
    *("mindspore", "networkx", "numba", "sympy", "seaborn", "yaml", "requests", "h5py"),
    *("six", "nltk", "spacy", "gym", "tqdm", "pytest", "psutil", "lxml", "pycocotools"),
}


def stands_on(path: str) -> str:
    """The framework that a module belongs to or is built on, or ""."""
    root, _, rest = path.partition(".")
    if root in _OF_EITHER:
        return framework_of(rest)
    return framework_of(path) or ON_TOP.get(root, "") or (root if root in _OTHERS else "")


def library_of(path: str) -> str:
    """The framework, or the library built on one, that a module belongs to; or "".

    A library that exists for both is named with the part that says which: `d2l.mxnet`.
    """
    if stands_on(path) not in FRAMEWORKS:
        return ""
    root, *parts = path.split(".")
    return f"{root}.{parts[0]}" if root in _OF_EITHER else root


def is_mentioned(text: str) -> bool:
    """Whether a text may use a framework: it names one, or a method that only one has."""
    return _MENTION.search(text) is not None


def is_of_its_own(path: str) -> bool:
    """Whether a library's objects are never a framework's."""
    root = path.partition(".")[0]
    return root in _OF_THEIR_OWN or root in sys.stdlib_module_names

"""Which public names a text uses: ordinary code and nasty code, each with what it must give.

What is expected is written as symbols in the order of the text, with ? where one is likely only and
! where it cannot be told; `F` and the like stand for what `HEAD` imports.
"""

from __future__ import annotations

import pytest

from mxcheat.names.resolve import read

HEAD = "import mxnet as mx; from mxnet import nd, gluon, autograd; from mxnet.gluon import nn\n"
TORCH = "import torch; from torch import nn; import torch.nn.functional as F\n"


def told(source: str, **options: object) -> str:
    """The uses of a text in short."""
    marks = {"sure": "", "likely": "?", "unknown": "!"}
    uses = read(source, **options).uses  # type: ignore[arg-type]
    return " ".join(f"{use.symbol or ''}{marks[use.certainty]}" for use in uses)


IMPORTS = [
    ("import mxnet as mx\nmx.nd.clip(x, 0, 1)", "mxnet.nd.clip"),
    ("import mxnet\nmxnet.nd.clip(x)", "mxnet.nd.clip"),
    ("import mxnet.ndarray as nd\nnd.clip(x)", "mxnet.nd.clip"),
    ("import mxnet.gluon.nn\nmxnet.gluon.nn.Dense(1)", "mxnet.gluon.nn.Dense"),
    ("from mxnet import nd\nnd.clip(x)", "mxnet.nd.clip"),
    ("from mxnet import ndarray as F\nF.clip(x)", "mxnet.nd.clip"),
    ("from mxnet.gluon import nn as mnn\nmnn.Dense(1)", "mxnet.gluon.nn.Dense"),
    ("from mxnet.gluon.nn import Dense as D, Conv2D\nD(1), Conv2D(1, 3)",
     "mxnet.gluon.nn.Dense mxnet.gluon.nn.Conv2D"),
    ("from mxnet.ndarray.ndarray import NDArray\nNDArray", "mxnet.nd.NDArray"),
    ("import mxnet.symbol as S\nS.FullyConnected(S.Variable('x'))",
     "mxnet.nd.FullyConnected mxnet.sym.Variable"),
    ("import mxnet as mx\nmx.sym.var('x'), mx.symbol.Group([]), mx.sym.load(f), mx.sym.relu(x)",
     "mxnet.sym.var mxnet.sym.Group mxnet.sym.load mxnet.nd.relu"),
    ("from mxnet import numpy as np, numpy_extension as npx\nnpx.set_np(); np.ones(3)",
     "mxnet.npx.set_np mxnet.np.ones"),
    ("from mxnet import np, npx\nnp.dot(np.ones(2), x)", "mxnet.np.dot mxnet.np.ones"),
    ("import mxnet as mx\nmx.initializer.Xavier(); mx.module.Module(s); mx.kvstore.create('local')",
     "mxnet.init.Xavier mxnet.mod.Module mxnet.kv.create"),
    ("from mxnet.context import cpu\nimport mxnet as mx\ncpu(), mx.context.num_gpus()",
     "mxnet.cpu mxnet.context.num_gpus"),
    ("from mxnet.gluon.block import HybridBlock\nclass A(HybridBlock): pass",
     "mxnet.gluon.HybridBlock"),
    ("import torch.nn.functional as F\nF.relu(x)", "torch.nn.functional.relu"),
    ("import torch as th\nth.clamp(th.randn(2), 0)", "torch.clamp torch.randn"),
    ("from torch.nn.modules.linear import Linear\nLinear(1, 2)", "torch.nn.Linear"),
    ("import torch.optim as O\nO.adam.Adam(p)", "torch.optim.Adam"),
    ("from torch import nn, optim\nnn.Linear(1, 1), optim.SGD(p)",
     "torch.nn.Linear torch.optim.SGD"),
    ("import torchvision.models as m\nm.resnet18()", "torchvision.models.resnet18"),
    ("import torch.utils.data as d\nd.DataLoader(s), d.sampler.RandomSampler(s)",
     "torch.utils.data.DataLoader torch.utils.data.RandomSampler"),
    ("try:\n    import mxnet as mx\nexcept ImportError:\n    mx = None\nmx.nd.ones(1)",
     "mxnet.nd.ones"),
    ("if gpu:\n    import mxnet as m\nelse:\n    import mxnet as m\nm.nd.ones(1)", "mxnet.nd.ones"),
    ("def f():\n    import mxnet as mx\n    return mx.nd.ones(1)", "mxnet.nd.ones"),
    ("import mxnet as mx", ""),
    ("from mxnet.gluon import nn\nnn", ""),
    ("import importlib\nimportlib.import_module('mxnet').nd.ones(1)", "mxnet.nd.ones"),
    ("__import__('mxnet').nd.ones(1)", "mxnet.nd.ones"),
    ("from mxnet.gluon.nn import *\nDense(10)", "! mxnet.gluon.nn.Dense?"),
    ("from mxnet import *\nfrom math import *\nnd.ones(sqrt(2))", "! mxnet.nd.ones?"),
]  # fmt: skip

ALIASES = [
    ("Dense = nn.Dense\nDense(1)", "mxnet.gluon.nn.Dense mxnet.gluon.nn.Dense"),
    ("F = mx.nd\nF.relu(x)", "mxnet.nd.relu"),
    ("a = b = mx.nd\nb.relu(x)", "mxnet.nd.relu"),
    ("a, b = mx.nd, mx.sym\na.relu(x); b.tanh(x)", "mxnet.nd.relu mxnet.nd.tanh"),
    ("F = nd if x else mx.sym\nF.relu(x)", "mxnet.nd.relu?"),
    ("if x:\n    F = nd\nelse:\n    F = mx.sym\nF.relu(x)", "mxnet.nd.relu?"),
    ("nd = 3\nnd.clip(x)", ""),
    ("nd.ones(1); nd = np\nnd.clip(x)", "mxnet.nd.ones"),
    ("def nd(x): return x\nnd(1).clip(2)", ""),
    ("def f(nd):\n    return nd.clip(1)", ""),
    ("def f():\n    nd = {}\n    return nd.items()\nnd.ones(1)", "mxnet.nd.ones"),
    ("for nd in range(3): nd.clip(1)", ""),
    ("[nd.x for nd in range(3)]\nnd.ones(1)", "mxnet.nd.ones"),
    ("{k: nd.ones(k) for k in range(3)}", "mxnet.nd.ones"),
    ("(lambda nd: nd.clip(1))(3)", ""),
    ("(lambda k, z=nd.ones(1): z.sum())(3)", "mxnet.nd.ones NDArray.sum"),
    ("def f():\n    global G\n    G = nd\nf()\nG.ones(1)", "mxnet.nd.ones"),
    ("def f():\n    g = None\n    def h():\n        nonlocal g\n        g = nd\n    h()\n"
     "    return g.ones(1)", "mxnet.nd.ones"),
    ("class C:\n    nd = 1\n    def f(self): return nd.ones(1)", "mxnet.nd.ones"),
    ("class C:\n    op = nd.relu\n    x = op(y)", "mxnet.nd.relu mxnet.nd.relu"),
    ("def f(op=nd.relu):\n    return op(x)", "mxnet.nd.relu mxnet.nd.relu"),
    ("@mx.init.register\nclass I(mx.init.Initializer): pass",
     "mxnet.init.register mxnet.init.Initializer"),
    ("import functools\nfunctools.partial(nn.Dense, 3)(activation='relu')",
     "mxnet.gluon.nn.Dense mxnet.gluon.nn.Dense"),
    ("from functools import partial as p\nd = p(nd.clip, a_min=0)\nd(x)",
     "mxnet.nd.clip mxnet.nd.clip"),
    ("getattr(nd, 'relu')(x)", "mxnet.nd.relu"),
    ("getattr(nd.ones(1), 'asnumpy')()", "NDArray.asnumpy mxnet.nd.ones"),
    ("getattr(mx.init, name)()", "!"),
    ("eval('nd.ones(1)')", "!"),
    ("exec(text)", "!"),
    ("del nd\nnd.ones(1)", "mxnet.nd.ones"),
    ("(op := nd.relu)(x)", "mxnet.nd.relu mxnet.nd.relu"),
    ("ops = {'relu': nd.relu}\nops['relu'](x)", "mxnet.nd.relu mxnet.nd.relu"),
    ("ops = [nd.relu, nd.tanh]\nops[1](x)", "mxnet.nd.relu mxnet.nd.tanh mxnet.nd.tanh"),
    ("match x:\n    case 1: F = nd\n    case _: F = nd\nF.ones(1)", "mxnet.nd.ones"),
]  # fmt: skip

TYPES = [
    ("nd.ones(1).asnumpy()", "NDArray.asnumpy mxnet.nd.ones"),
    ("nd.ones(1).asnumpy().mean()", "NDArray.asnumpy mxnet.nd.ones"),
    ("nd.ones(1).softmax().asnumpy().clip(0, 1)", "NDArray.asnumpy NDArray.softmax mxnet.nd.ones"),
    ("x = nd.ones(1)\nx.shape[0].bit_length(); x.T.sum()",
     "mxnet.nd.ones NDArray.shape NDArray.sum NDArray.T"),
    ("(nd.ones(1) + 1).sum()", "NDArray.sum mxnet.nd.ones"),
    ("(2 * nd.ones(1) > 1)[0].sum()", "NDArray.sum mxnet.nd.ones"),
    ("x = nd.ones(1)\nx += 1\nx.sum()", "mxnet.nd.ones NDArray.sum"),
    ("x = nd.ones(1)[1:]\nx.sum()", "mxnet.nd.ones NDArray.sum"),
    ("a, b = nd.ones(1).split(2)\nb.sum()", "NDArray.split mxnet.nd.ones NDArray.sum"),
    ("for row in nd.ones(3): row.sum()", "mxnet.nd.ones NDArray.sum"),
    ("xs = []\nfor i in y: xs.append(nd.ones(i))\nxs[0].sum()", "mxnet.nd.ones NDArray.sum"),
    ("[x.sum() for x in [nd.ones(1)]]", "NDArray.sum mxnet.nd.ones"),
    ("for a, b in zip([nd.ones(1)], [3]): a.sum(); b.sum()", "mxnet.nd.ones NDArray.sum"),
    ("for i, a in enumerate([nd.ones(1)], 1): a.sum()", "mxnet.nd.ones NDArray.sum"),
    ("d = {'w': nd.ones(1)}\nfor k, v in d.items(): v.sum()\nd['w'].mean()",
     "mxnet.nd.ones NDArray.sum NDArray.mean"),
    ("next(iter(gluon.data.DataLoader(d)))[0].sum()", "NDArray.sum mxnet.gluon.data.DataLoader"),
    ("for x, y in gluon.data.DataLoader(d, 4): x.as_in_context(mx.cpu())",
     "mxnet.gluon.data.DataLoader NDArray.as_in_context mxnet.cpu"),
    ("for batch in mx.io.NDArrayIter(d): batch.data[0].sum()",
     "mxnet.io.NDArrayIter NDArray.sum DataBatch.data"),
    ("with autograd.record():\n    y = nd.ones(1) * 2\ny.backward()",
     "mxnet.autograd.record mxnet.nd.ones NDArray.backward"),
    ("with mx.gpu(0) as c: c.device_id", "mxnet.gpu Context.device_id"),
    ("net = nn.HybridSequential()\nnet.add(nn.Dense(1))\nnet.hybridize()\nnet(x).sum()",
     "mxnet.gluon.nn.HybridSequential Block.add mxnet.gluon.nn.Dense Block.hybridize NDArray.sum"),
    ("nn.Dense(1)(x).relu()", "NDArray.relu mxnet.gluon.nn.Dense"),
    ("net = nn.Dense(1)\nnet.weight.data().sum()",
     "mxnet.gluon.nn.Dense NDArray.sum Parameter.data Block.weight"),
    ("for p in nn.Dense(1).collect_params().values(): p.zero_grad()",
     "ParameterDict.values Block.collect_params mxnet.gluon.nn.Dense Parameter.zero_grad"),
    ("p = nn.Dense(1).params\np['w'].grad_req = 'add'",
     "Block.params mxnet.gluon.nn.Dense Parameter.grad_req"),
    ("t = gluon.Trainer(p, 'sgd')\nt.step(1); t.learning_rate",
     "mxnet.gluon.Trainer Trainer.step Trainer.learning_rate"),
    ("l = gluon.loss.L2Loss()(x, y)\nl.backward()", "mxnet.gluon.loss.L2Loss NDArray.backward"),
    ("for x in gluon.utils.split_and_load(d, c): x.sum()",
     "mxnet.gluon.utils.split_and_load NDArray.sum"),
    ("m = mx.metric.Accuracy()\nm.update(a, b); m.get()[1].foo",
     "mxnet.metric.Accuracy EvalMetric.update EvalMetric.get"),
    ("s, a, b = mx.model.load_checkpoint('p', 0)\ns.get_internals(); a['w'].sum()",
     "mxnet.model.load_checkpoint Symbol.get_internals NDArray.sum"),
    ("(mx.sym.var('x') * 2).infer_shape()", "Symbol.infer_shape mxnet.sym.var"),
    ("nn.Dense(1)(mx.sym.var('x')).list_arguments()",
     "Symbol.list_arguments mxnet.gluon.nn.Dense mxnet.sym.var"),
    ("m = mx.mod.Module(s)\nm.fit(i)\nm.get_outputs()[0].sum()",
     "mxnet.mod.Module Module.fit NDArray.sum Module.get_outputs"),
    ("gluon.SymbolBlock.imports(a, b).hybridize()",
     "Block.hybridize mxnet.gluon.SymbolBlock.imports"),
    ("mx.nd.NDArray.asnumpy(x)", "NDArray.asnumpy"),
    ("x: nd.NDArray = load()\nx.sum()", "mxnet.nd.NDArray NDArray.sum?"),
    ("def f(x: nd.NDArray): x.sum()", "mxnet.nd.NDArray NDArray.sum?"),
    ("def f(): return nn.Dense(1)\nf().hybridize()", "mxnet.gluon.nn.Dense Block.hybridize"),
    ("def f(n): n.hybridize(); n.foo()\nf(nn.Dense(1))", "Block.hybridize mxnet.gluon.nn.Dense"),
    ("def f():\n    yield nd.ones(1)\nfor x in f(): x.sum()", "mxnet.nd.ones NDArray.sum"),
    ("def f(n): return f(n - 1)\nf(3).sum()", ""),
    ("def f(x):\n    if x: return nd.ones(1)\n    return None\nf(1).sum()",
     "mxnet.nd.ones NDArray.sum"),
    ("f(x).asnumpy(); g.hybridize()", "NDArray.asnumpy? Block.hybridize?"),
    ("def f(net, x): return net(x).argmax(axis=1)", "NDArray.argmax?"),
    ("def f(trainer): trainer.step(1)", "Trainer.step?"),
    ("x = nd.ones(1) if y else mx.sym.var('x')\nx.sum()",
     "mxnet.nd.ones mxnet.sym.var NDArray.sum?"),
    ("op = nd.clip if y else mx.np.clip\nif op: op(x)", "mxnet.nd.clip mxnet.np.clip !"),
    ("c = nd.ones(1).context if y else mx.cpu()\nwith c: c.device_id",
     "NDArray.context mxnet.nd.ones mxnet.cpu Context.device_id"),
    ("async def f():\n    async with g() as s:\n        return await h(nd.ones(1))",
     "mxnet.nd.ones"),
]  # fmt: skip

CLASSES = [
    # types put together, as texts, and what a function says that it gives
    ("from typing import Dict, List, Optional, Union\nTensor = Union[nd.NDArray, mx.sym.Symbol]\n"
     "def f(a: Tensor, b: Optional[Tensor], c: List[Tensor], d: 'Dict[str, nd.NDArray]',\n"
     "      e: 'nd.NDArray | None'):\n"
     "    return a.exp(), b.clip(0, 1), c[0].sum(), d['x'].mean(), e.log()",
     "mxnet.nd.NDArray mxnet.sym.Symbol NDArray.exp? NDArray.clip? NDArray.sum? NDArray.mean? "
     "NDArray.log?"),
    ("class A:\n    def made(self) -> nd.NDArray: raise NotImplementedError\nA().made().exp()",
     "mxnet.nd.NDArray NDArray.exp?"),
    ("from typing import cast\ncast(nd.NDArray, x).exp()", "NDArray.exp? mxnet.nd.NDArray"),
    # what the classes of others have, and what all of Python's have, is none of the framework's
    ("class Net(gluon.Block, Other): pass\nNet.__name__; Net.registered('a'); Net.hybridize",
     "mxnet.gluon.Block Block.hybridize"),
    # members of a text, of a dictionary, of an array that arrays do not have
    ("mx.__version__.split('.'); nd.__dict__.items(); nd.ones(1).file_hash.strip()",
     "mxnet.__version__ mxnet.nd.__dict__ mxnet.nd.ones"),
    ("class A(gluon.Block):\n    def forward(self, x): return x.split(2), x[0].split('/')",
     "mxnet.gluon.Block NDArray.split?"),
    ("from mxnet.metric import ndarray\nndarray.sum(x)", "mxnet.nd.sum"),
    ("class A(gluon.HybridBlock):\n"
     "    def __init__(self):\n"
     "        super().__init__()\n"
     "        with self.name_scope():\n"
     "            self.fc = nn.Dense(1)\n"
     "            self.w = self.params.get('w')\n"
     "    def hybrid_forward(self, G, x, w=None):\n"
     "        return G.concat(self.fc(x).relu(), x.sum(), w.mean())\n",
     "mxnet.gluon.HybridBlock Block.name_scope mxnet.gluon.nn.Dense ParameterDict.get Block.params "
     "mxnet.nd.concat NDArray.relu NDArray.sum? NDArray.mean?"),
    ("class A(nn.Block):\n    def forward(self, x, *rest): return x.sum() + rest[0].mean()",
     "mxnet.gluon.Block NDArray.sum? NDArray.mean?"),
    ("class A(gluon.Block): pass\nclass B(A): pass\nB()(x).sum(); B().hybridize()",
     "mxnet.gluon.Block NDArray.sum Block.hybridize"),
    ("class A:\n    def __init__(self): self.n = nn.Dense(1)\n"
     "    def f(self): self.n.hybridize()",
     "mxnet.gluon.nn.Dense Block.hybridize"),
    ("class A:\n    def f(self): self.n.hybridize()\n    def __init__(self): self.g()\n"
     "    def g(self): self.n = nn.Dense(1)", "Block.hybridize mxnet.gluon.nn.Dense"),
    ("class A:\n    def __init__(self, n): self.n = n\nA(nn.Dense(1)).n.hybridize()",
     "Block.hybridize mxnet.gluon.nn.Dense"),
    ("class A(gluon.Block):\n    @property\n    def d(self): return nn.Dense(1)\n"
     "A().d.hybridize()", "mxnet.gluon.Block mxnet.gluon.nn.Dense Block.hybridize"),
    ("class A:\n    @staticmethod\n    def f(x): return nd.relu(x)\nA.f(1).sum()",
     "mxnet.nd.relu NDArray.sum"),
    ("class A(gluon.Block):\n    @classmethod\n    def make(cls): return cls()\n"
     "A.make().hybridize()",
     "mxnet.gluon.Block Block.hybridize"),
    ("class A(gluon.Block):\n    def hybridize(self): super().hybridize()\nA().hybridize()",
     "mxnet.gluon.Block Block.hybridize"),
    ("class A(gluon.Block):\n    def f(self): return super(A, self).collect_params().keys()",
     "mxnet.gluon.Block ParameterDict.keys Block.collect_params"),
    ("from zoo import Base\nclass A(Base):\n    def hybrid_forward(self, F, x): return F.relu(x)",
     "mxnet.nd.relu?"),
    ("class A(gluon.Block):\n    def f(self): self.nothing.of_the_kind()", "mxnet.gluon.Block"),
    ("class M(mx.metric.EvalMetric):\n    def update(self, labels, preds):\n"
     "        for l, p in zip(labels, preds): p.asnumpy()",
     "mxnet.metric.EvalMetric NDArray.asnumpy?"),
    ("class O(mx.operator.CustomOp):\n"
     "    def forward(self, train, req, data, out, aux):\n"
     "        self.assign(out[0], req[0], data[0].relu())",
     "mxnet.operator.CustomOp CustomOp.assign NDArray.relu?"),
    ("class R(autograd.Function):\n    def forward(self, x): return x.exp()\nR()(x).sum()",
     "mxnet.autograd.Function NDArray.exp? NDArray.sum?"),
]  # fmt: skip

TORCH_CODE = [
    ("class N(nn.Module, Registrable): pass\nN.by_name('n'); N.from_params; N.forward",
     "torch.nn.Module Module.forward"),
    ("class W(torch.autograd.Function): pass\nW.apply(x); W.made(x)",
     "torch.autograd.Function torch.autograd.Function.apply"),
    ("c = nn.utils.weight_norm(nn.Linear(1, 1))\nc.weight",
     "torch.nn.utils.weight_norm torch.nn.Linear Module.weight"),
    ("from torch.distributions.normal import Normal\nNormal(0, 1)", "torch.distributions.Normal"),
    ("torch.randn(2).hidden_states.astype(int)", "torch.randn"),
    ("class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
     "        self.fc = nn.Linear(2, 3)\n    def forward(self, x):\n"
     "        return F.relu(self.fc(x.view(-1, 2))).sum()\n",
     "torch.nn.Module torch.nn.Linear Tensor.sum torch.nn.functional.relu Tensor.view?"),
    ("o = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1)\no.zero_grad(); o.step()",
     "torch.optim.SGD Module.parameters torch.nn.Linear Optimizer.zero_grad Optimizer.step"),
    ("with torch.no_grad(): torch.ones(1).clamp_(0).numpy().clip(1)",
     "torch.no_grad Tensor.numpy Tensor.clamp_ torch.ones"),
    ("for x, y in torch.utils.data.DataLoader(d): x.to('cuda').float()",
     "torch.utils.data.DataLoader Tensor.float Tensor.to"),
    ("x = torch.randn(2, requires_grad=True)\nx.grad.zero_(); x.data.fill_(1)",
     "torch.randn Tensor.zero_ Tensor.grad Tensor.fill_ Tensor.data"),
    ("s = torch.optim.lr_scheduler.StepLR(o, 1)\ns.step()",
     "torch.optim.lr_scheduler.StepLR LRScheduler.step"),
    ("n = nn.Linear(1, 1).to(d).eval()\nn.state_dict()['w'].sum()",
     "Module.eval Module.to torch.nn.Linear Tensor.sum Module.state_dict"),
    ("x.unsqueeze(0); y.load_state_dict(z)", "Tensor.unsqueeze? Module.load_state_dict?"),
    ("@torch.jit.script\ndef f(x): return torch.relu(x)", "torch.jit.script torch.relu"),
    ("torch.tensor(1.0).item().hex()", "Tensor.item torch.tensor"),
]  # fmt: skip

LOOK_ALIKES = [
    "def work(F, path):\n    return F.sum() * path.dot(F.x)",
    "from typing import Dict, List\ndef f(a: List[int], b: 'Dict[str, float]', c: 'no type'):\n"
    "    return a[0].exp(), b['x'].mean(), c.sum()",
    "import numpy as np\nnp.clip(np.ones(3), 0, 1).sum()",
    "import numpy as nd\nnd.array([1]).reshape(1).mean()",
    "import tensorflow as tf\ntf.nn.relu(x); model.summary()",
    "import jax.numpy as nd\nnd.clip(x).sum()",
    "'a,b'.split(','); 'x'.join(y); f'{x}'.strip()",
    "d = {}\nd.items(); d.keys(); d.get(1); d.update(x)",
    "a = []\na.append(1); a.sort(); a.copy(); a.extend(b)",
    "class Dense: pass\nDense(3).forward()",
    "class Trainer:\n    def step(self): pass\nTrainer().step()",
    "def Dense(n): return n\nDense(3).hybrid()",
    "class nn:\n    class Dense: pass\nnn.Dense(1)",
    "from keras.layers import Dense\nDense(3)(x).sum()",
    "from os import path\npath.split('a')",
    "open('f').read().split(); open('f').close()",
    "import torchy\ntorchy.clamp(x)",
    "mx = 3\nmx.nd.clip",
    "import cupy\ncupy.asnumpy(x); cupy.ones(3).asnumpy()",
    "import logging\nlogging.getLogger().setLevel(1)",
    "# nd.ones(1)\n'''nd.ones(1)'''",
    "nd.ones(1)",
]


# What `with` binds is what __enter__ gives.
ENTERED = """\
class Given:
    def __enter__(self):
        return nd.ones(1)
class Itself:
    def __enter__(self):
        return self
    def made(self):
        return nd.zeros(1)
with Given() as array, Itself() as own:
    array.clip(0, 1)
    own.made().sum()
"""


def test_what_with_binds() -> None:
    assert told(HEAD + ENTERED) == "mxnet.nd.ones mxnet.nd.zeros NDArray.clip NDArray.sum"


@pytest.mark.parametrize(("source", "uses"), IMPORTS)
def test_imports(source: str, uses: str) -> None:
    assert told(source) == uses


@pytest.mark.parametrize(("source", "uses"), ALIASES + TYPES + CLASSES)
def test_gluon(source: str, uses: str) -> None:
    assert told(HEAD + source) == uses


@pytest.mark.parametrize(("source", "uses"), TORCH_CODE)
def test_torch(source: str, uses: str) -> None:
    assert told(TORCH + source) == uses


@pytest.mark.parametrize("source", LOOK_ALIKES)
def test_what_only_looks_like_a_framework_is_none(source: str) -> None:
    assert told(source) == ""


def test_an_f_that_has_operators_is_a_module_of_mxnet_without_any_import() -> None:
    assert told("class K:\n    def f(self, F, x): return F.expand_dims(F.sqrt(x), axis=0)") == (
        "mxnet.nd.expand_dims? mxnet.nd.sqrt?"
    )

"""Whole programs, as people write them: #: behind a line, or above it, says what it uses."""

from __future__ import annotations

import pytest

from mxcheat.names.resolve import read

TRAINING = """
import mxnet as mx
from mxnet import gluon, autograd, nd, init
from mxnet.gluon import nn
import numpy as np

#: mxnet.gpu mxnet.context.num_gpus mxnet.cpu
ctx = [mx.gpu(i) for i in range(mx.context.num_gpus())] or [mx.cpu()]

def transform(data, label):
    #: mxnet.nd.transpose NDArray.astype
    return nd.transpose(data.astype(np.float32), (2, 0, 1)) / 255, label

#: Dataset.transform mxnet.gluon.data.vision.MNIST
train = gluon.data.vision.MNIST(train=True).transform(transform)
#: mxnet.gluon.data.DataLoader
loader = gluon.data.DataLoader(train, batch_size=64, shuffle=True, last_batch='discard')

net = nn.HybridSequential()  #: mxnet.gluon.nn.HybridSequential
with net.name_scope():  #: Block.name_scope
    net.add(  #: Block.add
        nn.Conv2D(channels=20, kernel_size=5, activation='relu'),  #: mxnet.gluon.nn.Conv2D
        nn.MaxPool2D(2, 2),  #: mxnet.gluon.nn.MaxPool2D
        nn.Dense(10),  #: mxnet.gluon.nn.Dense
    )
net.initialize(init.Xavier(magnitude=2.24), ctx=ctx)  #: Block.initialize mxnet.init.Xavier
net.hybridize(static_alloc=True)  #: Block.hybridize
loss_fn = gluon.loss.SoftmaxCrossEntropyLoss()  #: mxnet.gluon.loss.SoftmaxCrossEntropyLoss
#: mxnet.gluon.Trainer Block.collect_params
trainer = gluon.Trainer(net.collect_params(), 'sgd', {'learning_rate': 0.1})
metric = mx.metric.Accuracy()  #: mxnet.metric.Accuracy

def evaluate(net, loader, ctx):
    total = nd.zeros(1, ctx=ctx)  #: mxnet.nd.zeros
    for i, (data, label) in enumerate(loader):
        data = data.as_in_context(ctx)  #: NDArray.as_in_context
        out = net(data)
        #: mxnet.nd.sum NDArray.argmax NDArray.astype
        total += nd.sum(out.argmax(axis=1) == label.astype('float32'))
    return total.asscalar() / len(loader)  #: NDArray.asscalar

for epoch in range(3):
    metric.reset()  #: EvalMetric.reset
    for batch in loader:
        #: mxnet.gluon.utils.split_and_load
        data = gluon.utils.split_and_load(batch[0], ctx_list=ctx)
        #: mxnet.gluon.utils.split_and_load
        label = gluon.utils.split_and_load(batch[1], ctx_list=ctx)
        with autograd.record():  #: mxnet.autograd.record
            losses = [loss_fn(net(x), y) for x, y in zip(data, label)]
        for loss in losses:
            loss.backward()  #: NDArray.backward
        trainer.step(batch[0].shape[0])  #: Trainer.step NDArray.shape
        metric.update(label, [net(x) for x in data])  #: EvalMetric.update
    name, accuracy = metric.get()  #: EvalMetric.get
    #: NDArray.asscalar NDArray.mean
    print('%s: %.3f' % (name, accuracy), np.mean([l.mean().asscalar() for l in losses]))
    if epoch and not epoch % 2:
        #: Trainer.set_learning_rate Trainer.learning_rate
        trainer.set_learning_rate(trainer.learning_rate * 0.1)
#: ParameterDict.items Block.collect_params
for name, param in net.collect_params('.*weight').items():
    #: Parameter.shape NDArray.asscalar mxnet.nd.norm Parameter.data
    print(name.split('_'), param.shape, nd.norm(param.data(ctx[0])).asscalar())
net.save_parameters('net.params')  #: Block.save_parameters
print(evaluate(net, loader, mx.cpu()))  #: mxnet.cpu
"""

BLOCK = """
from mxnet.gluon import HybridBlock, nn
from mxnet import initializer

class Residual(HybridBlock):  #: mxnet.gluon.HybridBlock
    def __init__(self, channels, strides=1, **kwargs):
        super(Residual, self).__init__(**kwargs)
        norm = nn.BatchNorm  #: mxnet.gluon.nn.BatchNorm
        self.body = nn.HybridSequential(prefix='')  #: mxnet.gluon.nn.HybridSequential
        #: Block.add mxnet.gluon.nn.Conv2D
        self.body.add(nn.Conv2D(channels, 3, strides, 1, use_bias=False))
        self.body.add(norm())  #: Block.add mxnet.gluon.nn.BatchNorm
        #: ParameterDict.get Block.params mxnet.init.One
        self.scale = self.params.get('scale', shape=(1,), init=initializer.One())
        self.items = {'a': [1]}
        self.down = nn.Conv2D(channels, 1) if strides > 1 else None  #: mxnet.gluon.nn.Conv2D

    def hybrid_forward(self, F, x, scale):
        out = self.body(x)
        shortcut = self.down(x) if self.down else x
        for key, values in self.items.items():
            values.append(key.split())
        out = F.broadcast_mul(out, scale.reshape((1, 1)))  #: mxnet.nd.broadcast_mul NDArray.reshape
        #: NDArray.mean mxnet.nd.Activation
        return F.Activation(out + shortcut, act_type='relu').mean(axis=(2, 3))

class Net(Residual):
    def hybrid_forward(self, F, x, **params):
        y = super().hybrid_forward(F, x, **params)
        #: mxnet.nd.contrib.BilinearResize2D NDArray.expand_dims
        return F.contrib.BilinearResize2D(y.expand_dims(2), height=2)

def build(depth):
    net = Net(8)
    net.initialize()  #: Block.initialize
    return net

build(3).export('net')  #: Block.export
"""

MODULE = """
import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

class Net(nn.Module):  #: torch.nn.Module
    def __init__(self, sizes=(784, 10)):
        super().__init__()
        #: torch.nn.ModuleList torch.nn.Linear
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.scale = nn.Parameter(torch.ones(1))  #: torch.nn.Parameter torch.ones
        self.register_buffer('steps', torch.zeros(1))  #: Module.register_buffer torch.zeros

    def forward(self, x):
        x = x.view(x.size(0), -1)  #: Tensor.view Tensor.size
        for layer in self.layers:
            x = F.relu(layer(x))  #: torch.nn.functional.relu
        return F.log_softmax(x * self.scale, dim=1)  #: torch.nn.functional.log_softmax

def train(model, loader, optimizer, device):
    model.train()  #: Module.train
    for data, target in loader:
        data, target = data.to(device), target.to(device)  #: Tensor.to Tensor.to
        optimizer.zero_grad()  #: Optimizer.zero_grad
        loss = F.nll_loss(model(data), target)  #: torch.nn.functional.nll_loss
        loss.backward()  #: Tensor.backward
        optimizer.step()  #: Optimizer.step
        #: Tensor.item Tensor.numpy Tensor.cpu Tensor.detach
        print(loss.item().real, loss.detach().cpu().numpy().mean())

def main():
    #: torch.device torch.cuda.is_available
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    model = Net().to(device)  #: Module.to
    #: torch.utils.data.TensorDataset torch.randn Tensor.long torch.zeros
    data = TensorDataset(torch.randn(4, 784), torch.zeros(4).long())
    loader = DataLoader(data, batch_size=2)  #: torch.utils.data.DataLoader
    optimizer = optim.Adam(model.parameters(), lr=1e-3)  #: torch.optim.Adam Module.parameters
    schedule = optim.lr_scheduler.StepLR(optimizer, step_size=1)  #: torch.optim.lr_scheduler.StepLR
    train(model, loader, optimizer, device)
    schedule.step()  #: LRScheduler.step
    torch.save(model.state_dict(), 'net.pt')  #: torch.save Module.state_dict

if __name__ == '__main__':
    main()
"""

SYMBOLIC = """
import mxnet as mx
data = mx.symbol.Variable('data')  #: mxnet.sym.Variable
fc = mx.sym.FullyConnected(data=data, num_hidden=10)  #: mxnet.nd.FullyConnected
#: mxnet.nd.SoftmaxOutput mxnet.nd.Flatten
out = mx.sym.SoftmaxOutput(mx.sym.Flatten(fc) + 1, name='softmax')
#: Symbol.list_arguments Symbol.infer_shape Symbol.get_internals
print(out.list_arguments(), out.get_internals()['fc_output'].infer_shape(data=(1, 2)))
#: mxnet.io.NDArrayIter mxnet.nd.ones
iterator = mx.io.NDArrayIter(mx.nd.ones((4, 2)), batch_size=2)
model = mx.mod.Module(out, context=mx.cpu())  #: mxnet.mod.Module mxnet.cpu
#: Module.bind DataIter.provide_data DataIter.provide_label
model.bind(iterator.provide_data, iterator.provide_label)
#: Module.fit mxnet.callback.Speedometer
model.fit(iterator, optimizer='sgd', batch_end_callback=mx.callback.Speedometer(2))
for batch in iterator:
    model.forward(batch)  #: Module.forward
    #: NDArray.asnumpy Module.get_outputs NDArray.shape DataBatch.label
    print(model.get_outputs()[0].asnumpy().argmax(1), batch.label[0].shape)
exe = out.simple_bind(mx.cpu(), data=(1, 2))  #: Symbol.simple_bind mxnet.cpu
exe.arg_dict['data'][:] = 1  #: Executor.arg_dict
print(exe.forward()[0].sum())  #: NDArray.sum Executor.forward
"""


@pytest.mark.parametrize(
    "program", [TRAINING, BLOCK, MODULE, SYMBOLIC], ids=["training", "block", "module", "symbolic"]
)
def test_each_line_uses_what_is_said_of_it(program: str) -> None:
    reading = read(program)
    assert reading.problems == ()
    found: dict[int, list[str]] = {}
    for use in reading.uses:
        found.setdefault(use.line, []).append(str(use.symbol))
    said: list[str] = []
    for number, line in enumerate(program.split("\n"), 1):
        code, mark, symbols = line.partition("#: ")
        said += symbols.split() if mark else []
        if code.strip():
            assert found.get(number, []) == said, line
            said = []

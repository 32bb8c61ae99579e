"""The kinds of objects that the frameworks' names give, and what their members give.

A small table, not all of the frameworks: enough to follow what a method is called on. A
specification names a kind; `[X]` is an iterable of X, `{X}` a mapping to X, `(X,Y)` a tuple,
`-` an object of no framework, `?` one that is not known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mxcheat.names.array_members import OF_MXNET, OF_TORCH
from mxcheat.names.spelling import by_word
from mxcheat.names.values import PLAIN, UNKNOWN, Instance, Mapped, Several, Value, listed


class Kind(NamedTuple):
    """A kind of object: its members' results, and what calling, indexing and iterating it give.

    `others` is what members that are not listed give; None if it has no others.
    """

    framework: str
    members: dict[str, str]
    properties: frozenset[str]
    called: str = "?"
    each: str = "?"
    others: str | None = None


def _kind(
    framework: str, text: str, *, called: str = "?", each: str = "?", others: str | None = None
) -> Kind:
    """`.name` is an attribute, `name` a method; `name>X` gives X, the others no framework's."""
    members = {}
    properties = set()
    for word in text.split():
        name, _, gives = word.partition(">")
        if name.startswith("."):
            name = name[1:]
            properties.add(name)
        members[name] = gives or "-"
    return Kind(framework, members, frozenset(properties), called, each, others)


_BLOCK = """
    add name_scope collect_params>ParameterDict initialize hybridize load_parameters
    save_parameters load_params save_params load_dict export cast summary apply>Block optimize_for
    infer_shape infer_type register_child register_forward_hook register_forward_pre_hook
    register_op_hook reset_ctx reset_device zero_grad setattr share_parameters forward>NDArray
    hybrid_forward>NDArray unroll>(NDArray,[NDArray]) begin_state>[NDArray] state_info reset
    .params>ParameterDict .prefix .name .weight>Parameter .bias>Parameter .gamma>Parameter
    .beta>Parameter .running_mean>Parameter .running_var>Parameter .features>Block .output>Block
    insert pop
"""
_MODULE = """
    bind fit score predict>NDArray iter_predict forward backward update get_outputs>[NDArray]
    get_input_grads>[NDArray] get_params>({NDArray},{NDArray}) set_params init_params
    init_optimizer borrow_optimizer forward_backward update_metric save_params load_params
    save_checkpoint load_optimizer_states save_optimizer_states install_monitor prepare reshape
    switch_bucket get_states>[NDArray] set_states .data_shapes .label_shapes .data_names
    .label_names .output_shapes .output_names .binded .params_initialized .optimizer_initialized
    .symbol>Symbol
"""
_TORCH_MODULE = """
    add_module parameters>[Tensor] named_parameters>[(-,Tensor)] eval>torch.Module
    train>torch.Module load_state_dict state_dict>{Tensor} modules>[torch.Module]
    named_modules>[(-,torch.Module)] children>[torch.Module] named_children>[(-,torch.Module)]
    to>torch.Module cuda>torch.Module cpu>torch.Module float>torch.Module half>torch.Module
    double>torch.Module apply>torch.Module compile register_buffer register_parameter
    register_module register_forward_hook register_forward_pre_hook register_full_backward_hook
    register_backward_hook zero_grad requires_grad_>torch.Module forward>Tensor buffers>[Tensor]
    named_buffers>[(-,Tensor)] share_memory>torch.Module extra_repr get_submodule>torch.Module
    get_parameter>Tensor append>torch.Module extend>torch.Module insert type>torch.Module
    .weight>Tensor .bias>Tensor .training .running_mean>Tensor .running_var>Tensor
    .module>torch.Module flatten_parameters .in_features .out_features .in_channels .out_channels
"""
_SYMBOL = """
    infer_shape infer_shape_partial infer_type list_arguments list_outputs list_inputs
    list_auxiliary_states list_attr attr attr_dict bind>Executor simple_bind>Executor
    eval>[NDArray] tojson save debug_str get_backend_symbol>Symbol optimize_for>Symbol .name
    get_internals>Symbol get_children>Symbol gradient>Symbol infer_type_partial
"""

KINDS = {
    "NDArray": _kind(
        "mxnet",
        """asnumpy asscalar tolist item backward attach_grad wait_to_read .shape .size .dtype .ndim
        .context>Context .ctx>Context .device>Context .stype .grad>NDArray
        .T>NDArray .handle .data>NDArray .indices>NDArray .indptr>NDArray
        asscipy .fresh_grad .itemsize copyto""",
        each="NDArray",
        others="NDArray",
    ),
    "Symbol": _kind("mxnet", _SYMBOL, each="Symbol", others="Symbol"),
    "Block": _kind("mxnet", _BLOCK, called="NDArray", each="Block"),
    "Parameter": _kind(
        "mxnet",
        """data>NDArray grad>NDArray set_data list_data>[NDArray] list_grad>[NDArray] list_ctx
        initialize reset_ctx reset_device zero_grad var>Symbol cast row_sparse_data>NDArray
        list_row_sparse_data>[NDArray] .shape .name .dtype .grad_req .lr_mult .wd_mult .init
        .stype .grad_stype .allow_deferred_init""",
    ),
    "ParameterDict": _kind(
        "mxnet",
        """values>[Parameter] items>[(-,Parameter)] keys get>Parameter get_constant>Parameter
        initialize reset_ctx reset_device setattr zero_grad save load update list_ctx .prefix
        pop>Parameter""",
        each="-",
    ),
    "Trainer": _kind(
        "mxnet",
        """step update set_learning_rate save_states load_states allreduce_grads
        .learning_rate .optimizer>Optimizer""",
    ),
    "Optimizer": _kind(
        "mxnet",
        """update update_multi_precision create_state create_state_multi_precision set_lr_mult
        set_wd_mult set_learning_rate _get_lr _get_wd _update_count .lr .learning_rate .wd
        .rescale_grad .clip_gradient .lr_scheduler .num_update""",
    ),
    "EvalMetric": _kind(
        "mxnet",
        """get update reset reset_local update_dict get_name_value get_global get_config
        get_global_name_value add get_metric""",
    ),
    "KVStore": _kind(
        "mxnet",
        """init push pull pushpull broadcast row_sparse_pull set_optimizer barrier
        set_gradient_compression save_optimizer_states load_optimizer_states
        .rank .num_workers .type""",
    ),
    "Module": _kind("mxnet", _MODULE),
    "Executor": _kind(
        "mxnet",
        """forward>[NDArray] backward copy_params_from reshape>Executor set_monitor_callback
        .arg_dict>{NDArray} .grad_dict>{NDArray} .aux_dict>{NDArray} .outputs>[NDArray]
        .arg_arrays>[NDArray] .grad_arrays>[NDArray] .aux_arrays>[NDArray]
        .output_dict>{NDArray}""",
    ),
    "DataIter": _kind(
        "mxnet",
        """reset next>DataBatch iter_next getdata>[NDArray] getlabel>[NDArray] getpad getindex
        .provide_data .provide_label .batch_size""",
        each="DataBatch",
    ),
    "DataBatch": _kind("mxnet", ".data>[NDArray] .label>[NDArray] .pad .index .bucket_key"),
    "Dataset": _kind(
        "mxnet",
        """transform>Dataset transform_first>Dataset take>Dataset shard>Dataset
        filter>Dataset sample>Dataset""",
        each="[NDArray]",
    ),
    "DataLoader": _kind("mxnet", "", each="[NDArray]"),
    "RecordIO": _kind("mxnet", "read read_idx write write_idx close reset open seek tell keys"),
    "Context": _kind("mxnet", "empty_cache .device_id .device_type"),
    "CustomOp": _kind("mxnet", "assign forward backward"),
    "Function": _kind("mxnet", "save_for_backward .saved_tensors>[NDArray]", called="NDArray"),
    "Tensor": _kind(
        "torch",
        """item tolist numpy size dim numel backward stride storage data_ptr element_size
        is_contiguous get_device register_hook nelement ndimension .shape .dtype .device .is_cuda
        .requires_grad .ndim .grad>Tensor .data>Tensor .T>Tensor .mT>Tensor .H>Tensor .real>Tensor
        .imag>Tensor .grad_fn .is_leaf .layout .itemsize .is_sparse .names""",
        each="Tensor",
        others="Tensor",
    ),
    "torch.Module": _kind("torch", _TORCH_MODULE, called="Tensor", each="torch.Module"),
    "torch.Optimizer": _kind("torch", "step zero_grad state_dict load_state_dict add_param_group"),
    "LRScheduler": _kind("torch", "step get_last_lr get_lr state_dict load_state_dict"),
    "torch.Dataset": _kind("torch", "", each="[Tensor]"),
    "torch.DataLoader": _kind("torch", "", each="[Tensor]"),
    "torch.Function": _kind("torch", "apply>Tensor save_for_backward mark_non_differentiable"),
}
# Members that no list, dictionary or string has, so that an object with one is of that kind.
_TELLING = {
    "NDArray": """asnumpy asscalar as_in_context as_in_ctx attach_grad wait_to_read slice_axis
        broadcast_to broadcast_like as_np_ndarray as_nd_ndarray tostype expand_dims reshape_like
        slice_like log_softmax copyto zeros_like ones_like softmax sigmoid topk one_hot detach
        backward""",
    "Block": """hybridize collect_params name_scope save_parameters load_parameters
        register_child register_op_hook save_params load_params begin_state""",
    "Trainer": "set_learning_rate allreduce_grads",
    "Parameter": "set_data list_data list_grad list_ctx",
    "Module": "init_optimizer get_outputs update_metric init_params forward_backward",
    "Symbol": "infer_shape list_arguments list_auxiliary_states get_internals simple_bind",
    "Tensor": """unsqueeze contiguous masked_fill index_select requires_grad_ scatter_ masked_fill_
        clamp_ numel permute new_zeros new_ones copy_ fill_ zero_ add_ mul_ expand_as view_as
        detach cuda""",
    "torch.Module": """load_state_dict named_parameters register_buffer add_module
        named_modules named_children register_parameter state_dict""",
    "torch.Optimizer": "zero_grad",
}
# Methods that mean MXNet whatever is imported; the others need its import.
MXNET_ONLY = {
    *("asnumpy", "asscalar", "as_in_context", "as_in_ctx", "attach_grad", "wait_to_read"),
    *("hybridize", "collect_params", "name_scope"),
}
_OF_ARRAYS = {"mxnet": "NDArray", "torch": "Tensor"}
# What variables usually hold, by their names; behind a bar, what they only may hold.
_HELD_BY = """
    net model backbone encoder decoder: Block torch.Module
    block: Block | torch.Module
    layer self: | Block torch.Module
    criterion: torch.Module
    loss: NDArray Tensor
    trainer: Trainer
    metric: EvalMetric
    acc eval_metric train_metric val_metric: | EvalMetric
    optimizer: Optimizer torch.Optimizer
    opt optim: | Optimizer torch.Optimizer
    scheduler: LRScheduler
    lr_scheduler: | LRScheduler
    p param weight bias: | Parameter Tensor
    params: | ParameterDict
    kvstore: KVStore
    kv store: | KVStore
    mod module: Module
    train_iter val_iter data_iter it dataiter train_data val_data: | DataIter
    dataset ds train_set: | Dataset torch.Dataset
    sym symbol out_sym: | Symbol
    exe executor: Executor
    record rec: | RecordIO
    batch: | DataBatch
    ctx: | Context
"""
# Members of lists, dictionaries, sets and strings: an object with one is not an array after all.
_OF_CONTAINERS = frozenset({*dir(list), *dir(dict), *dir(set), *dir(str)})
_OF_ARRAYS_BY = {"mxnet": OF_MXNET, "torch": OF_TORCH}
_ALSO_OF_ARRAYS = {
    "NDArray": {"copy", "split", "sort"},
    "Tensor": {"split", "sort"},
    "Symbol": {"copy", "split", "sort"},
}


def label(kind: str) -> str:
    """A kind as symbols spell it: both frameworks have an Optimizer."""
    return kind.rpartition(".")[2]


@lru_cache(maxsize=4096)
def value_of(spec: str) -> Value:
    """The value that a specification names."""
    if spec == "-":
        return PLAIN
    if spec == "?":
        return UNKNOWN
    if spec.startswith("["):
        return Several(value_of(spec[1:-1]))
    if spec.startswith("{"):
        return Mapped(value_of(spec[1:-1]))
    if spec.startswith("("):
        return listed([value_of(part) for part in spec[1:-1].split(",")])
    return Instance(spec)


def likely_kind(member: str, frameworks: frozenset[str]) -> str | None:
    """The kind of object that alone has a member, or None; `frameworks` are those in use."""
    if member in MXNET_ONLY and frameworks <= {"mxnet", "torch"}:
        return _KIND_OF_MEMBER["mxnet"][member]
    if len(frameworks) == 1:
        (framework,) = frameworks
        return _KIND_OF_MEMBER.get(framework, {}).get(member)
    return None


def usual_kind(variable: str, frameworks: frozenset[str]) -> str | None:
    """The kind of object that a variable so named usually holds, where one framework is used."""
    if len(frameworks) != 1:
        return None
    (framework,) = frameworks
    word = variable.strip("_0123456789")
    kinds = (kind for part in (word, word.rpartition("_")[2]) for kind in _held_by(part)[0])
    return next((kind for kind in kinds if KINDS[kind].framework == framework), None)


def possible_kinds(variable: str) -> frozenset[str]:
    """The labels of the kinds, of either framework, that a variable so named may hold."""
    usual, possible = _held_by(variable)
    return frozenset(map(label, (*usual, *possible)))


@lru_cache(maxsize=1024)
def _held_by(variable: str) -> tuple[list[str], list[str]]:
    """The kinds of objects that a variable usually holds, and those that it may hold as well."""
    for line in _HELD_BY.strip().splitlines():
        variables, _, kinds = line.partition(":")
        if variable in variables.split():
            usual, _, possible = kinds.partition("|")
            return usual.split(), possible.split()
    return [], []


def array_of(framework: str) -> str:
    """The kind of a framework's arrays."""
    return _OF_ARRAYS[framework]


def has_member(kind: str, member: str, *, sure: bool = True) -> bool:
    """Whether objects of a kind have a member, as far as is known.

    An object that is not surely an array has none of the members that other objects have.
    """
    known = KINDS[kind]
    if member in known.members:
        return True
    if known.others is None or (member.startswith("__") and member.endswith("__")):
        return False
    if member not in _OF_ARRAYS_BY[known.framework] or (not sure and member in _ELSEWHERE):
        return False
    return member not in _OF_CONTAINERS or member in _ALSO_OF_ARRAYS.get(kind, ())


# Members of other objects than arrays, without those that arrays have too.
_ELSEWHERE = {
    member for kind in KINDS.values() if kind.others is None for member in kind.members
} - {
    *("reshape", "to", "cuda", "cpu", "float", "double", "half", "type", "data", "grad", "shape"),
    *("dtype", "context", "filter", "take", "cast", "size", "sum"),
}
_KIND_OF_MEMBER = {
    framework: by_word(
        {kind: _TELLING[kind] for kind in _TELLING if KINDS[kind].framework == framework}
    )
    for framework in ("mxnet", "torch")
}

"""What a reader is shown in Chinese: titles of rows, and the labels of this one table.

English is what the code says; a label that the table lacks stays English.
"""

from __future__ import annotations

LANGUAGES = ("en", "zh")

CHINESE = {
    # What a row, a run or a difference is.
    "equivalent": "等价",
    "differs": "有差异",
    "workaround": "变通写法",
    "PyTorch only": "仅 PyTorch",
    "Gluon only": "仅 Gluon",
    "same numbers from the same inputs": "输入相同，结果相同",
    "a direct counterpart that behaves differently": "有直接对应，但行为不同",
    "no direct counterpart; composed from others": "没有直接对应，由其他函数组合而成",
    "no way to do it in Gluon": "Gluon 无法做到",
    "no way to do it in PyTorch": "PyTorch 无法做到",
    "silent": "静默",
    "silent difference": "处静默差异",
    "silent differences": "处静默差异",
    "loud": "报错",
    "not run": "未运行",
    "values": "数值",
    "gradient": "梯度",
    "shape": "形状",
    "dtype": "类型",
    "memory": "内存",
    "state": "状态",
    "raises": "抛出异常",
    "dies": "进程崩溃",
    "hybridized": "混合化",
    "equal": "相等",
    "close": "相近",
    "same distribution": "同分布",
    "different": "不同",
    "not compared": "未比较",
    "not verified": "未验证",
    "not as claimed": "与所述不符",
    "different, as documented": "不同，与所述一致",
    "as documented": "与所述一致",
    "not as documented": "与所述不符",
    "ok": "正常",
    "error": "出错",
    "timeout": "超时",
    "crashed": "崩溃",
    "unavailable": "不可用",
    "cancelled": "已取消",
    "no such side": "没有这一侧",
    "(no counterpart)": "（没有对应写法）",
    # What stands beside the parts of a card.
    "Notes": "说明",
    "Arguments": "参数",
    "Differs": "差异",
    "Differences": "差异",
    "Hybrid": "混合化",
    "Hybridized": "混合化",
    "erratum": "勘误",
    "Erratum": "勘误",
    "Inputs": "输入",
    "Related": "相关",
    "Printed": "原文",
    "Instead": "改为",
    "see also": "另见",
    # Sections.
    "Tensor operations": "张量运算",
    "Cross-device": "跨设备",
    "Autograd": "自动求导",
    "Modules and blocks": "模块与 Block",
    "Optimizers and Trainer": "优化器与 Trainer",
    "Monitoring": "监控",
    "Data loading": "数据加载",
    "Serialization": "序列化",
    "Reproducibility": "可复现性",
    "Installation": "安装",
    "Whole programs": "完整程序",
    "Basics": "基础",
    "Several processes": "多进程",
    "Element by element": "逐元素运算",
    "Devices and execution": "设备与执行",
    "Images and transforms": "图像与变换",
    "Indexing and masks": "索引与掩码",
    "Sparse arrays": "稀疏数组",
    "Control flow": "控制流",
    "Layers": "层",
    "Older MXNet programs": "旧版 MXNet 程序",
    "Linear algebra": "线性代数",
    "Losses": "损失函数",
    "Metrics": "评估指标",
    "Operators of networks": "神经网络算子",
    "Random numbers": "随机数",
    "Reductions and sorting": "归约与排序",
    "Creating arrays": "创建数组",
    "Shape, joining and slicing": "形状、拼接与切片",
    "What PyTorch calls otherwise": "PyTorch 的其他名称",
    "Training": "训练",
    "Operators for images and boxes": "图像与边框算子",
    "Model zoo": "模型库",
    # The app.
    "rows": "行",
    "row": "行",
    "results": "条结果",
    "result": "条结果",
    "Recent": "最近使用",
    "a name, code or words": "名称、代码或中文",
    "Device": "设备",
    "Run": "运行",
    "Edit": "编辑",
    "Docs": "文档",
    "Bench": "计时",
    "Filter": "筛选",
    "Scan": "扫描",
    "Copy": "复制",
    "Help": "帮助",
    "More": "更多",
    "Quit": "退出",
    "Cancel": "取消",
    "Back": "返回",
    "Clear": "清除",
    "Restore": "还原",
    "Form": "写法",
    "Fold": "折叠",
    "All rows": "全部",
    "Next editor": "下一个编辑框",
    "Show only": "只显示",
    "Run on": "运行设备",
    "Go to": "转到",
    "Section": "章节",
    "Availability": "可用性",
    "Theme": "配色",
    # The page of all rows.
    "Search a name, a line of code, or words": "搜索名称、代码或中文",
    "Search": "搜索",
    "Sections": "章节",
    "All sections": "所有章节",
    "Any availability": "任何可用性",
    "Silent differences only": "只看静默差异",
    "Results": "结果",
    "Nearest rows": "最接近的行",
    "Skip to the rows": "跳到正文",
    "Nothing found; try another name, or fewer words.": "没有找到；请换个名称，或少写几个词。",
    "Copied": "已复制",
    "Press Ctrl+C": "请按 Ctrl+C",
    "Remark": "备注",
    "Recorded outputs": "记录的输出",
    "Instead,": "改为：",
    "Hybridized,": "混合化：",
}

_words: dict[str, str] = {}


def speak(language: str) -> None:
    """Say from now on what follows in "en" or "zh"; a process has one language at a time."""
    _words.clear()
    _words.update(CHINESE if language == "zh" else {})


def language() -> str:
    """The language that is spoken."""
    return "zh" if _words else "en"


def label(text: str) -> str:
    """A label in the language that is spoken; `2 silent differences` by the words behind 2."""
    if text in _words or not _words:
        return _words.get(text, text)
    count, _, counted = text.partition(" ")
    known = _words.get(counted) if count.isdecimal() else None
    return f"{count} {known}" if known else text


def title(english: str, chinese: str) -> str:
    """Of a row's two titles the one to be shown: Chinese where it is spoken and there is one."""
    return chinese if _words and chinese else english

"""A query taken apart: names, words, and whether it is a line of code."""

from __future__ import annotations

import keyword
import re
from typing import NamedTuple

from mxcheat.names.written import Name, names_in, squeeze
from mxcheat.search.words import NOISE, split_words

_LONGEST = 400  # nobody types more; a pasted file must not hold up a keystroke
_PARTLY = 6.0  # what a name loses that is not all of the query
_CALLED = 1.0  # what it loses to a keyword or a line that is the whole piece of code
_JOINED = re.compile(r"[a-z0-9]_+[a-z0-9]|_$|[a-z][A-Z]")
_CODE = re.compile(r"[A-Za-z_]\w*\(|[\w)\]]\.[A-Za-z_]|[=\[]|_\b", re.ASCII)
_ASSIGNED = re.compile(r"^[\w., ]+\s[-+*/]?=\s")
# These are compiled when used: few queries need one.
_ARGUMENT = r"(?a)([A-Za-z_]\w*)\s*=\s*(\"[^\"]*\"|'[^']*'|True|False|None|[-+\d.,e() ]+)"
_HAVING = r"(?i)(?:do|can|could) (?:i|we) (?:have|use)\b"
_HYPHENED = r"[a-z0-9]+(?:-[a-z0-9]+)+-?"
_SIGNS = {"@": "matmul", "%": "modulo"}
_NUMBERED = re.compile(r"(?<![A-Za-z0-9.])\d[dD](?![A-Za-z0-9])")
_NO_LATIN = re.compile(r"[^\x00-\x7f]+")


class Query(NamedTuple):
    """What was asked.

    `names` are those that stand out as code, `words` everything else, and `variables` those
    of them that may be names beside the names of a line of code; `only` is the one
    thing asked for, where the query holds nothing else that matters. `subject` is the one
    name that it is about: in code the outermost; None where there are several.
    """

    text: str
    names: tuple[Name, ...]
    words: tuple[str, ...]
    variables: tuple[str, ...]
    only: str | None
    is_code: bool
    subject: Name | None

    @classmethod
    def parse(cls, text: str) -> Query:
        """Take a query apart; any text will do."""
        text = text[:_LONGEST].strip()
        if "=" in text and (argument := re.fullmatch(_ARGUMENT, text)):
            return cls._of_argument(text, *argument.groups())
        is_code = _CODE.search(text) is not None and not _is_prose(text)
        names, rest = names_in(text)
        rest = [word for word in rest if not (is_joined(word) and word.lower() in NOISE)]  # PyTorch
        joined = [word for word in rest if is_joined(word)]
        if not (is_code and names):
            # In prose a joined word is a name; beside calls it is a variable or a keyword.
            names += [Name((word,)) for word in joined]
            rest = [word for word in rest if word not in joined]
        if not is_code:
            names = [name._replace(depth=0) for name in names]
        plain = (
            rest
            + _NO_LATIN.findall(text)
            + ([] if is_code else _NUMBERED.findall(text))
            + [_SIGNS[sign] for sign in _SIGNS if sign in text]
        )
        words = tuple(word for part in plain for word in split_words(part))
        only = _only(text, names, plain, is_code)
        if "-" in text and re.fullmatch(_HYPHENED, text):
            only = text
        if only and " " in text and re.match(_HAVING, text):  # do i have cuda
            words, only = (*words, "available"), None
        subject = _outermost(text, names) if is_code else _asked_alone(names, only)
        return cls(text, tuple(names), words, tuple(joined), only, is_code, subject)

    @classmethod
    def _of_argument(cls, text: str, name: str, value: str) -> Query:
        """An argument with its value: the name is asked for, and the value parts equals."""
        words, asked = tuple(split_words(value)), Name((name,))
        return cls(text, (asked,), words, (), name, is_code=True, subject=asked)

    @property
    def telling(self) -> list[str]:
        """The words that say what is asked for: not how it is asked, and no lone letters."""
        return [w for w in self.words if w not in NOISE and len(w) > 1]

    @property
    def is_path(self) -> bool:
        """Whether it is the path of something in a module, and no more: gluon.data."""
        return len(self.names) == 1 and self.names[0].in_module and not self.says_more

    @property
    def is_argument(self) -> bool:
        """Whether it is an argument with its value: ceil_mode=True."""
        return "=" in self.text and re.fullmatch(_ARGUMENT, self.text) is not None

    @property
    def says_more(self) -> bool:
        """Whether the text says more than one name, with its path and call or without."""
        names = ("".join(name.path) for name in self.names)
        return squeeze(self.text) not in {squeeze(name) for name in (self.only or "", *names)}

    @property
    def single_names(self) -> list[tuple[Name, float]]:
        """The names that the query as a whole may be, and what each leaves unsaid."""
        whole = [(Name((self.text,)), 0.0)]
        if self.only is None:
            return whole
        name = self.names[0] if self.names else Name((self.only,))
        loss = (_CALLED if self.is_code else _PARTLY) if self.says_more else 0.0
        return [*whole, (name, loss)]


def is_joined(word: str) -> bool:
    """Whether a word can only be a name: zero_grad, HybridBlock, copy_."""
    return _JOINED.search(word) is not None


def _is_prose(text: str) -> bool:
    """Whether words stand alone, as in "how to use nd.clip": code has one at most."""
    if _ASSIGNED.match(text):
        return False
    alone = [word for word in text.split() if len(word) > 1 and word.isalpha()]
    return sum(not keyword.iskeyword(word) for word in alone) > 1


def _asked_alone(names: list[Name], only: str | None) -> Name | None:
    """The one thing asked for in words."""
    if not only:
        return None
    return names[0] if names else Name((only,))


def _outermost(text: str, names: list[Name]) -> Name | None:
    """The name on which a line of code is built: not what it is assigned to."""
    target = _ASSIGNED.match(text)
    targets = names_in(target.group())[0] if target else []
    telling = [name for name in names if not name.is_chore and name not in targets] or names
    least = min((name.depth for name in telling), default=0)
    outermost = {name.tail: name for name in telling if name.depth == least}
    return next(iter(outermost.values())) if len(outermost) == 1 else None


def _only(text: str, names: list[Name], plain: list[str], is_code: bool) -> str | None:
    telling = [word for word in plain if word.lower() not in NOISE]
    if len(names) == 1 and (is_code or not telling):
        return names[0].tail
    if names or len(telling) > 1:
        return None
    return telling[0] if telling else text or None

# Outputs whose text raises, is no text, or is a text that misbehaves.
# status: ok
# output: a object None None <Raises whose repr raised SystemExit>
# output: b object None None <NoText whose repr raised TypeError>
# output: c object None None abc


class Raises:
    def __repr__(self):
        raise SystemExit(0)


class NoText:
    def __repr__(self):
        return 5


class Text(str):
    def __getitem__(self, index):
        return b"bytes"


class Misbehaves:
    def __repr__(self):
        return Text("abc")


a, b, c = Raises(), NoText(), Misbehaves()

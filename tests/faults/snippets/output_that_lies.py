# An output that answers for its class, and a number that is none: neither ends the run.
# status: ok
# output: a object
# output: b number float64 () 2.0


class Liar:
    @property
    def __class__(self):
        raise SystemExit(0)


class Number(float):
    def __float__(self):
        raise SystemExit(0)

    def __repr__(self):
        return "two"


a, b = Liar(), Number(2)

# sys.stdout and sys.stderr replaced by something that raises at every turn.
# status: ok
# output: out number int64 () 5
import sys


class Broken:
    def __getattr__(self, name):
        raise SystemExit(name)


sys.stdout = sys.stderr = Broken()
5

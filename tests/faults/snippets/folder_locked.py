# Files in a working directory that nobody may read, write or enter.
# status: ok
# output: out number int64 () 5
import os

os.makedirs("a/b")
for name in ("file", "a/file", "a/b/file"):
    open(name, "w").close()
for name in ("a/b", "a", "."):
    os.chmod(name, 0)
5

# The working directory is replaced by a link: the link is removed, not what it leads to.
# status: ok
# output: out number int64 () 5
import os

folder = os.getcwd()
os.rmdir(folder)
os.symlink("/usr", folder)
5

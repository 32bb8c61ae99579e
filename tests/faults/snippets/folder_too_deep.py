# Folders in folders, two thousand deep.
# status: ok
# output: out number int64 () 5
import os

for _ in range(2000):
    os.mkdir("deeper")
    os.chdir("deeper")
5

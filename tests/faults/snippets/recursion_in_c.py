# Recursion in compiled code until the stack is used up.
# status: crashed
# error: SIGSEGV
# message: endless recursion
import sys

sys.setrecursionlimit(10**9)
nest = []
for _ in range(300_000):
    nest = [nest]
repr(nest)

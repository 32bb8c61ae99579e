# C++ code that terminates: what its runtime says on descriptor 2 is kept.
# status: crashed
# error: SIGABRT
# message: stderr may say why
# stderr: terminate called without an active exception
import ctypes

ctypes.CDLL("libstdc++.so.6")._ZSt9terminatev()

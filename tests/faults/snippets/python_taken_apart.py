# Every public name taken out of builtins, json, os, time and traceback.
# status: crashed
# error: exit
# message: before its outputs were sent
import builtins
import json
import os
import time
import traceback

for module in (json, os, time, traceback, builtins):
    for name in [name for name in dir(module) if name.islower() and name[0] != "_"]:
        module.__dict__.pop(name)
5

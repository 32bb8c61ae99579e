# Threads that print for ever: output after the reply ends with the process.
# status: ok
# truncated: either
# output: out number int64 () 5
import threading


def print_for_ever():
    while True:
        print("x" * 100)


for _ in range(4):
    threading.Thread(target=print_for_ever).start()
5

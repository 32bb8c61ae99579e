# A copy that the snippet forks of itself comes to the end first: only the original answers.
# status: ok
# output: who text None None original
import os
import time

copy = os.fork()
if copy:
    time.sleep(0.3)
who = "original" if copy else "copy"

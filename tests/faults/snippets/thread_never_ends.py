# A thread that is no daemon and never ends.
# status: ok
# output: out number int64 () 5
import threading
import time

threading.Thread(target=time.sleep, args=(60,)).start()
5

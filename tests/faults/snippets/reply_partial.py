# Half a reply, then the end.
# status: crashed
# error: protocol
# message: wrote into the channel
import os
import stat
import struct


def write_to_sockets(data):
    """Write to every descriptor that is a socket; the reply travels on one of them."""
    for name in os.listdir("/proc/self/fd"):
        if os.path.exists("/proc/self/fd/" + name) and stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), data)


write_to_sockets(struct.pack(">I", 1000) + b'{"status": "ok"')
os._exit(0)

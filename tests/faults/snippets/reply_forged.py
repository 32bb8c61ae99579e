# A reply of the snippet's own making, well formed: not taken for ours.
# status: crashed
# error: protocol
# message: wrote into the channel
import json
import os
import stat
import struct


def write_to_sockets(data):
    """Write to every descriptor that is a socket; the reply travels on one of them."""
    for name in os.listdir("/proc/self/fd"):
        if os.path.exists("/proc/self/fd/" + name) and stat.S_ISSOCK(os.fstat(int(name)).st_mode):
            os.write(int(name), data)


number = {"name": "out", "kind": "number", "dtype": "int64", "value": 42}
reply = {"status": "ok", "elapsed_ms": 1.0, "outputs": [number], "bench": None}
body = json.dumps(reply).encode()
write_to_sockets(struct.pack(">I", len(body)) + body)
5

# An event loop that never ends.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
import asyncio


async def wait():
    while True:
        await asyncio.sleep(0.01)


asyncio.run(wait())

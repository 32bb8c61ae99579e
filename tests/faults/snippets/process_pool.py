# A pool of processes that is never closed.
# status: ok
# output: out sequence None None (0, 1, 2)
import multiprocessing

pool = multiprocessing.get_context("fork").Pool(4)
pool.map(abs, [0, -1, 2])

# A loop that swallows whatever is raised in it.
# timeout: 1
# status: timeout
# error: timeout
# message: ^still running after 1 s$
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

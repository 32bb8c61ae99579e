# An MXNet error that comes to light only when somebody waits: it belongs to this run.
# sides: gluon
# status: error
# error: MXNetError
# message: potrf failed
y = nd.linalg.potrf(nd.array([[1, 2], [2, 1]]))
z = 1

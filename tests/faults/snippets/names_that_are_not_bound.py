# The last statement names a variable that it did not come to bind: there is no such output.
# status: ok
# output: y number int64 () 5
if y := 5:
    pass
else:
    z = 6

# An exception: its type, its message and the line of the snippet it came from.
# status: error
# error: KeyError
# message: ^'missing'$
# line: 11
# stdout: 'so far\n'


def look_up(table):
    print("so far")
    return table["missing"]


look_up({})

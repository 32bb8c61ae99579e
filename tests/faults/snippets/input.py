# input() finds an empty stdin, not the user's keyboard.
# status: error
# error: EOFError
# message: EOF
# line: 6
input("name? ")

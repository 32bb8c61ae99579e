# Codes that clear a screen, name a window and write to the clipboard: handed on as they are,
# for the side that draws to make them visible.
# status: ok
# stdout: '\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x9b31m\n'
print("\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x9b31m")

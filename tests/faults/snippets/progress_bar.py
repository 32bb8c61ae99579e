# A progress bar that returns to the start of its line.
# status: ok
# stdout: ' 10%\r 50%\r100%\n'
for share in (10, 50, 100):
    print(f"{share:3}%", end="\r" if share < 100 else "\n")

# A list five hundred lists deep: shown as far as it can be, and no error of the snippet.
# status: ok
# output: nest sequence None None ((((
nest = []
for _ in range(500):
    nest = [nest]
nest

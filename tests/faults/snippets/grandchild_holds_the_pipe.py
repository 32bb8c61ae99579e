# A program started in the background holds stdout: end of file does not come, nobody waits.
# status: ok
# output: out number int64 () 5
import subprocess

subprocess.Popen(["sleep", "60"])
5

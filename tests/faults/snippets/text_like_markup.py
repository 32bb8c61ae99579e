# Text that a drawing library might take for markup, in what is printed and in an output.
# status: ok
# stdout: '[red]x[/red] [/] x[0] [bold\n'
# output: out text None None [/red] [link=file:///]here[/link]
print("[red]x[/red] [/] x[0] [bold")
"[/red] [link=file:///]here[/link]"

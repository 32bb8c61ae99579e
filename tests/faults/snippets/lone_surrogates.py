# Half a surrogate pair in an output: text that cannot be encoded.
# status: ok
# output: out text None None a\ud800b
"a\ud800b"

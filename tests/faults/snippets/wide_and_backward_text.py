# Wide, combining and right-to-left characters.
# status: ok
# stdout: '\u4f60\u597d e\u0301 \u05e9\u05dc\u05d5\u05dd \u202eabc\u202c\n'
print("\u4f60\u597d e\u0301 \u05e9\u05dc\u05d5\u05dd \u202eabc\u202c")

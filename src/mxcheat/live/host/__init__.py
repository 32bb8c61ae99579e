"""The processes that run snippets, seen from mxcheat: started, asked, watched, ended."""

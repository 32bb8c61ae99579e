"""Lets `python -m mxcheat` be the same program as `mxcheat`."""

import sys

from mxcheat.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

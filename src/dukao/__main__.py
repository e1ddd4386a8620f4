"""`python -m dukao`: the same as the command `dukao`."""

import sys

from dukao.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

"""`python main.py …` is the same as `wellside …`."""

import sys

from app.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())

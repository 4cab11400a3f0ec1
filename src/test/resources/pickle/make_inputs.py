"""Writes the pickles of ../inputs, which the specification of inputs reads: python3 make_inputs.py. Python 3, NumPy 2.

In all of them there are 12 rows, and y = 2k + 1 + (k mod 3), x = (k, k² mod 5), or what is said.
"""

import collections
import gzip
import pathlib
import pickle

import numpy as np

HERE = pathlib.Path(__file__).parent.parent / "inputs"
k = np.arange(12.0)
y = 2 * k + 1 + k % 3
X = np.c_[k, k * k % 5]
words = np.where(k % 3 == 0, "yes", "no")


class Model:
    """A class of the person who pickled it."""

    def __init__(self):
        self.weights = X
        self.names = {"a", "b"}


class Names(list):
    """A list with a name."""


Model.__module__ = Names.__module__ = "home.made"


def dump(name, *things, protocol=4, into=open):
    with into(HERE / name, "wb") as file:
        for thing in things:
            pickle.dump(thing, file, protocol)


def foreign(name, *things, protocol=4):
    """The same where objects of classes of home.made are pickled by reference to them."""
    import sys
    import types

    home = types.ModuleType("home")
    made = types.ModuleType("home.made")
    made.Model, made.Names = Model, Names
    sys.modules.update({"home": home, "home.made": made})
    dump(name, *things, protocol=protocol)


def main():
    HERE.mkdir(exist_ok=True)
    dump("two-dumps.pkl", X, y)
    dump("three-dumps.pkl", "made by hand", X, y, protocol=2)
    dump("dict-dumps.pkl", {"x": X}, {"y": y})
    dump("clashing-dumps.pkl", {"x": X, "y": y}, {"x": X[:3], "y": y[:3]})
    dump("split-dumps.pkl", (X[:9], y[:9]), (X[9:], y[9:]))
    (HERE / "trailing.pkl").write_bytes(pickle.dumps((X, y)) + b"the end")
    dump("bare.pkl", np.c_[X, y])
    dump("bare-rows.pkl", [tuple(float(v) for v in row) + (str(w),) for row, w in zip(X, words)])
    labels = [int(v) for v in y > 12]
    dump("bytes-key.pkl", {b"data": X, b"labels": labels, b"filenames": [b"a.png"] * 12}, protocol=2)
    dump("other-length.pkl", {"X": X, "y": y, "classes": np.array([0, 1])})
    made = Names(["a", "b"])
    made.of = "k"
    things = {"model": Model(), "set": {1, 2}, "names": made, "queue": collections.deque([1]), (1, 2): "pair"}
    foreign("objects.pkl", {"x": X, "y": y, **things, "meta": {"by": {"hand": 1j}}, "complex": X * 1j})
    foreign("object.pkl", Model())
    dump("unreadable-label.pkl", {"x": X, "y": [[1, 2], [3]]})
    dump("only-text.pkl", ["some text", "more text"], protocol=0)
    dump("no-data.pkl", {"title": "nothing", "n": 3})
    dump("zipped.pkl.gz", {"X": X, "y": y}, into=gzip.open)
    dump("zipped.pickle.gz", {"X": X, "y": y}, into=gzip.open)
    (HERE / "cut.pkl").write_bytes((HERE / "zipped.pkl.gz").read_bytes()[:-20])
    (HERE / "zipped-unnamed.pkl").write_bytes((HERE / "zipped.pkl.gz").read_bytes())
    dump("text-label.pkl", {"x": X, "y": words})
    dump("text-list.pkl", {"x": X, "y": [str(w) for w in words]}, protocol=2)
    dump("text-scalars.pkl", {"x": X, "y": list(words)})
    dump("text-bytes.pkl", {"x": X, "y": words.astype("S")}, protocol=2)
    dump("text-objects.pkl", {"x": X, "y": words.astype(object)}, protocol=5)
    dump("text-pair.pkl", (X, words))
    mixed = np.empty((12, 3), dtype=object, order="F")
    mixed[:, :2], mixed[:, 2] = X, words
    dump("mixed.pkl", mixed)
    missing = [None if v == 5 else float(v) for v in k]
    dump("missing.pkl", {"x": missing, "y": y})
    dump("noted-pair.pkl", (X, y, ["k", "k2"], "made by hand", {"by": "hand"}))


if __name__ == "__main__":
    main()

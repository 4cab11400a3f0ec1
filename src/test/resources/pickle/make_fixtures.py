"""Writes the pickles beside this script. Made with Python 3 and NumPy 2; run it to make them again.

Files called numpy1_* are what NumPy 1 would have written: the same opcodes with its module names
(numpy.core for numpy._core), framed anew. python2.pkl is assembled opcode by opcode as Python 2's
cPickle wrote it, with str (BINSTRING) for keys and for the bytes of an array.
"""

import collections
import pathlib
import pickle
import pickletools
import struct

import numpy as np

HERE = pathlib.Path(__file__).parent
TYPES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split()


def write(name, value, protocol=4):
    (HERE / f"{name}.pkl").write_bytes(pickle.dumps(value, protocol=protocol))


def as_numpy1(data):
    """The pickle with NumPy 1's module names, in one frame."""
    ends = [at for _, _, at in pickletools.genops(data)][1:] + [len(data)]
    body = b""
    for (opcode, argument, at), end in zip(pickletools.genops(data), ends):
        piece = data[at:end]
        if opcode.name in ("FRAME", "PROTO"):
            continue
        if isinstance(argument, str) and argument.startswith("numpy._core"):
            module = argument.replace("numpy._core", "numpy.core").encode()
            if opcode.name == "GLOBAL":
                piece = b"c" + module.replace(b" ", b"\n") + b"\n"
            else:
                piece = b"\x8c" + bytes([len(module)]) + module
        body += piece
    protocol = data[1]
    frame = b"\x95" + struct.pack("<Q", len(body)) if protocol >= 4 else b""
    return b"\x80" + bytes([protocol]) + frame + body


def every_type():
    """Two rows, three columns: 0 1 2 / 3 4 100 (bool: 0 1 1 / 1 1 1), in every form."""
    rows = np.array([[0, 1, 2], [3, 4, 100]])
    return {
        f"{code}{order}{byte_order}": np.array(rows, dtype=byte_order + code, order=order)
        for code in TYPES
        for order in "CF"
        for byte_order in "<>"
    }


def extremes():
    out = {c: [np.iinfo(c).min, np.iinfo(c).max] for c in TYPES if c[0] in "iu"}
    out = {c: np.array(v, dtype=c) for c, v in out.items()}
    out["i8"] = np.array([-(2**63), 2**63 - 1, 2**53 + 1], dtype="i8")
    out["u8"] = np.array([0, 2**64 - 1, 2**63 + 2**10 + 1], dtype="u8")
    out["f2"] = np.array([65504, 2**-24, -(2**-14), -0.0, np.inf, -np.inf, np.nan], dtype="f2")
    out["f4"] = np.array([3.4028234663852886e38, 2.0**-149, np.nan], dtype="f4")
    out["f8"] = np.array([1.7976931348623157e308, 2.0**-1074, -np.inf, np.nan])
    return out


def string(text):
    return b"U" + bytes([len(text)]) + text


def python2():
    """{'x': array([1., 2.]), 'y': array([3., 4.])} of Python 2.7 and NumPy 1.16, protocol 2."""
    pieces = [b"\x80\x02}("]
    for key, values in ((b"x", (1.0, 2.0)), (b"y", (3.0, 4.0))):
        pieces += [string(key), b"cnumpy.core.multiarray\n_reconstruct\n"]
        pieces += [b"cnumpy\nndarray\n", b"K\x00\x85", string(b"b"), b"\x87R"]
        pieces += [b"(K\x01", b"K\x02\x85", b"cnumpy\ndtype\n", string(b"f8"), b"K\x00K\x01\x87R"]
        pieces += [b"(K\x03", string(b"<"), b"NNN", b"J\xff\xff\xff\xff" * 2, b"K\x00tb"]
        pieces += [b"\x89", b"T", struct.pack("<I", 16), struct.pack("<2d", *values), b"tb"]
    return b"".join(pieces) + b"u."


def main():
    for protocol in range(6):
        write(f"types_p{protocol}", every_type(), protocol)
    for protocol in (2, 4, 5):
        data = pickle.dumps(every_type(), protocol=protocol)
        (HERE / f"numpy1_types_p{protocol}.pkl").write_bytes(as_numpy1(data))
    (HERE / "python2.pkl").write_bytes(python2())
    write("extremes", extremes())

    x = np.arange(12.0).reshape(6, 2)
    y = np.arange(6.0) * 10
    cube = np.arange(24).reshape(2, 3, 4)
    for protocol in (4, 5):
        shapes = {
            "scalar": np.array(7.0),
            "empty": np.zeros((0, 2)),
            "cube": cube,
            "fortran": np.asfortranarray(cube),
            "turned": cube.transpose(1, 0, 2),
            "strided": np.arange(10)[::3],
        }
        write(f"shapes_p{protocol}", shapes, protocol)
    write("pair", (x, y))
    write("pair_list", [x, y.reshape(6, 1)])
    write("pair_of_lists", ([1, 2, 3], [4.5, True, -(2**70)]))
    write("table", np.column_stack([x, y]))
    write("rows", [(1, 2, 3.5), [4, 5, 6], (7, 8, 9)])
    write("row_arrays", {"x": list(x), "y": list(y)})
    write("columns", {"size": [50, 70, 90, 110], "price": [1.0, 2.0, 3.0, np.nan]}, 0)
    write("ordered", collections.OrderedDict([("b", y), ("a", y)]))
    write("matrix", np.matrix([[1, 2, 3], [4, 5, 6]]))
    write("split_pairs", ((x, y), (x[:2], y[:2])))
    write("split_keys", {"X_train": x, "y_train": y, "X_test": x[:2], "y_test": y[:2], "k": 3})
    write("split_four", (x, x[:2], y, y[:2]))
    write("notes", {"x": x, "y": y, "title": "quiz", "names": ["a", "b"], "of": np.array(["p"])})
    write("unequal", {"x": x, "y": y[:5]})
    write("colliding", {"x": x, "X0": y})
    write("shared", {"x": x, "z": x, "y": y})
    write("ragged", {"x": [[1, 2], [3]], "y": [1, 2]})
    write("objects", {"x": np.array([1, None], dtype=object)})
    write("complex", {"x": np.array([1j])})
    write("structured", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
    for protocol in (0, 2, 4, 5):
        write(f"texts_p{protocol}", texts(), protocol)
    write("foreign", foreign(x, y))


def texts():
    """Texts and bytes in every form, in tables too."""
    words = np.array(["a", "", "ü€😀", "a\0b"])
    table = np.array([["a", "b"], ["cc", "d"]])
    rows = np.empty((2, 2), dtype=object)
    rows[:, 0], rows[:, 1] = [1, 2.0], ["a", "b"]
    latin = [b"a", b"", "ü".encode(), b"\xe9"]
    return {
        "array": words,
        "big_endian": words.astype(">U4"),
        "column": words.reshape(4, 1),
        "list": words.tolist(),
        "scalars": list(words),
        "objects": words.astype(object),
        "bytes": np.array(latin),
        "bytes_list": latin,
        "gaps": ["a", None, float("nan"), 1, 2.5, True],
        "table": table,
        "table_f": np.asfortranarray(table),
        "rows": [(1, "a"), [2.0, "b"]],
        "object_rows": rows,
        "object_rows_f": np.asfortranarray(rows),
        "none": [1, None, 3],
        "numbers": np.array([1, 2.0], dtype=object),
    }


def foreign(x, y):
    """Data beside what is not read."""
    record = np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    return {
        "x": x,
        "deque": collections.deque([x, {1, 2}]),
        "set": {1, frozenset([2])},
        "dates": np.array(["2020-01-02"], dtype="M8[D]"),
        "deep": [[[1, 2]], [[3]]],
        "mixed": [[1, 2], 3],
        "structured": record,
        "function": len,
        "records": record.view(np.recarray),
        "masked": np.ma.array([1, 2], mask=[0, 1]),
        "y": y,
        (1, 2): x,
    }


if __name__ == "__main__":
    main()

"""Writes the files of pandas, NumPy and scikit-learn beside this script, and what Python says they
hold: for each version V of pandas a file pandas-V.json of {pickle: {column: [values]}}.

    python make_frames.py        # once with each version: 0.25.3, 1.1.5, 1.3.5, 1.5.3, 2.2.3, 3.1.1

Numbers and bools are written as numbers, times as their str() (those of a zone in UTC), all else as
text, what is missing as null. pandas 3 had pyarrow 26, 1.5 and 1.3 pyarrow 14, the others none.
"""

import datetime
import decimal
import json
import pathlib
import pickle
import sys

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
VERSION = pd.__version__
MAJOR = int(VERSION.split(".")[0])
expected = {}


def plain(value):
    if value is None or value is pd.NaT or (np.isscalar(value) and pd.isna(value)):
        return None
    if type(value).__name__ == "NAType" or value is np.ma.masked:
        return None
    if isinstance(value, pd.Timestamp) and value.tzinfo is not None:
        value = value.tz_convert("UTC")
    if isinstance(value, (bool, int, float, np.number, np.bool_, decimal.Decimal)):
        return float(value)
    return value.decode() if isinstance(value, bytes) else str(value)


def columns(frame):
    """The columns of a frame by name, then the values of each."""
    names = ["_".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in frame.columns]
    return {n: [plain(v) for v in frame.iloc[:, i]] for i, n in enumerate(names)}


def write(name, value, holds, protocol=4):
    (HERE / f"{name}.pkl").write_bytes(pickle.dumps(value, protocol=protocol))
    expected[f"{name}.pkl"] = holds


def every_column():
    """Every kind of column, in an order in which no two neighbours share a block."""
    times = pd.DatetimeIndex([pd.Timestamp(t) for t in ("2024-01-02 03:04:05", None, "1969-12-31 23:59:59.5", "2000-02-29")])
    data = {
        "int": np.array([3, -1, 2**40, 0]),
        "text": np.array(["a", None, "ü€😀", ""], dtype=object),
        "float": [1.5, np.nan, -0.0, 1e300],
        "category": pd.Categorical(["b", "a", None, "b"]),
        "int2": np.array([5, 6, 7, 8]),
        "levels": pd.Categorical([30, 10, 30, 20], ordered=True),
        "time": times,
        "bool": [True, False, True, True],
        "zone": times.tz_localize("UTC").tz_convert("Europe/Paris"),
        "small": np.array([1, 2, 3, 4], dtype="i1"),
        "mixed": np.array([1, None, 2.5, True], dtype=object),
        "integer": pd.array([1, None, 3, 2**53], dtype="Int64"),
        "single": np.array([0.1, 0.2, 0.3, np.nan], dtype="f4"),
    }
    if MAJOR > 0:
        data["boolean"] = pd.array([True, None, False, True], dtype="boolean")
        data["string"] = pd.array(["x", None, "yy", ""], dtype="string")
    if VERSION >= "1.2":
        data["Float"] = pd.array([0.25, None, 2, 3], dtype="Float64")
    if VERSION >= "1.4":
        data["arrow"] = pd.Series([1, None, 3, 4], dtype="int64[pyarrow]")[1:].reindex(range(4))
        data["arrow_bool"] = pd.Series([True, None, False, True], dtype="bool[pyarrow]")
        data["arrow_real"] = pd.Series([1.5, 2.5, 3.5, 4.5], dtype="double[pyarrow]")
    frame = pd.DataFrame(data)
    frame["int3"] = [10, 20, 30, 40]
    return frame


def one_array():
    """Columns that lie in one row-major block, whose elements are read a step apart."""
    values = np.arange(12.0).reshape(4, 3)
    frame = pd.DataFrame(values, columns=["p", "q", "r"])
    frame.insert(1, "t", list("wxyz"))
    return frame


def structures():
    rows = every_column()[["int", "text", "float"]]
    named = rows.set_index(pd.Index(["r1", "r2", "r3", "r4"], name="key"))
    write("index-named", named, columns(named.reset_index()))
    unnamed = rows.set_index(np.array(["r1", "r2", "r3", "r4"], dtype=object))
    write("index-text", unnamed, columns(unnamed.reset_index()))
    picked = rows.iloc[[3, 1]]
    write("index-numbers", picked, columns(picked))
    levels = pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["letter", None])
    multi = rows.set_index(levels)
    write("index-levels", multi, columns(multi.reset_index()))
    days = rows.set_index(pd.date_range("2024-01-01", periods=4, name="day"))
    write("index-days", days, columns(days.reset_index()))
    wide = pd.DataFrame([[1.0, 2.0, 3.0]], columns=pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", "")]))
    write("column-levels", wide, {"x_1": [1.0], "x_2": [2.0], "y": [3.0]})
    write("column-numbers", pd.DataFrame(np.eye(2)), {"0": [1.0, 0.0], "1": [0.0, 1.0]})
    write("one-array", one_array(), columns(one_array()))
    write("series", rows["text"], {"text": columns(rows)["text"]})
    write("empty-columns", pd.DataFrame({"a": [], "b": []}), {"a": [], "b": []})
    x, y = rows[["int", "float"]], rows["int"] * 2
    write("x-and-y", (x, y), {**columns(x), "y": [plain(v) for v in y]})
    write(
        "splits",
        {"X_train": x, "y_train": y, "X_test": x[:2], "y_test": y[:2]},
        {**columns(x), "y_train": [plain(v) for v in y]},
    )
    write("four", (x, x[:2], y, y[:2]), {**columns(x), "y_train": [plain(v) for v in y]})
    write("parts", {"z": rows["float"], "t": rows["text"].values}, {"z": columns(rows)["float"], "t": columns(rows)["text"]})
    dates = [datetime.date(2024, 2, 29), None]
    moments = [datetime.datetime(2024, 2, 29, 1, 2, 3, 4), datetime.datetime(1999, 12, 31)]
    scalars = pd.DataFrame(
        {
            "date": np.array(dates, dtype=object),
            "moment": np.array(moments, dtype=object),
            "decimal": np.array([decimal.Decimal("1.25"), decimal.Decimal("NaN")], dtype=object),
            "stamp": np.array([pd.Timestamp("2024-01-01 00:00:00.000001"), pd.NaT], dtype=object),
            "na": np.array([pd.NA, pd.NA], dtype=object),
        }
    )
    write("scalars", scalars, columns(scalars))
    other = pd.DataFrame(
        {
            "x": [1.0, 2.0],
            "duration": pd.to_timedelta([1, 2], unit="s"),
            "sparse": pd.arrays.SparseArray([0.0, 1.0]),
            "period": pd.period_range("2024-01", periods=2, freq="M"),
            "interval": pd.interval_range(0, 2),
            "lists": [[1], [2]],
            "complex": [1j, 2j],
        }
    )
    write("other", other, {"x": [1.0, 2.0]})
    chunks = pd.concat([pd.Series(["a", None], dtype="string[pyarrow]"), pd.Series(["bc"], dtype="string[pyarrow]")])
    write("chunks", pd.DataFrame({"t": chunks.values, "n": [1, 2, 3]}), {"t": ["a", None, "bc"], "n": [1.0, 2.0, 3.0]})


def numpy_and_others():
    record = np.array(
        [(1, 2.5, "ab", True, [1, 2]), (-3, np.nan, "c", False, [3, 4])],
        dtype=[("a", "<i4"), ("b", ">f8"), ("t", "U3"), ("f", "?"), ("v", "<f4", (2,))],
    )
    held = {"a": [1.0, -3.0], "b": [2.5, None], "t": ["ab", "c"], "f": [1.0, 0.0], "v0": [1.0, 3.0], "v1": [2.0, 4.0]}
    for protocol in range(6):
        write(f"record-p{protocol}", record, held, protocol)
    write("recarray", record.view(np.recarray), held)
    write("aligned", np.array([(1, 2.0)], dtype=np.dtype([("a", "i1"), ("b", "f8")], align=True)), {"a": [1.0], "b": [2.0]})
    masked = np.ma.array([[1.0, 2.0], [3.0, 4.0]], mask=[[False, True], [False, False]])
    for protocol in (0, 2, 4, 5):
        write(f"masked-p{protocol}", {"m": masked, "n": np.ma.array([1, 2], mask=[True, False])},
              {"m0": [1.0, 3.0], "m1": [None, 4.0], "n": [None, 2.0]}, protocol)
    fortran = np.ma.array(np.asfortranarray(masked.data), mask=np.asfortranarray(masked.mask))
    write("masked-f", {"m": fortran}, {"m0": [1.0, 3.0], "m1": [None, 4.0]})
    units = {}
    for unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "25s"):
        units[unit] = np.array([0, -1, 19_787, np.iinfo("i8").min], dtype="i8").view(f"M8[{unit}]")
    said = {
        unit: [None if np.isnat(v) else str(v).replace("T", " ") for v in (a if unit in "YMWD" else a.astype("M8[s]" if unit in ("h", "m", "25s") else a.dtype))]
        for unit, a in units.items()
    }
    for unit, digits in (("ms", 6), ("us", 6), ("ns", 9)):
        said[unit] = [None if pd.isna(v) else str(pd.Timestamp(v)) for v in units[unit]]
    write("units", units, said)
    (HERE / "durations.pkl").write_bytes(pickle.dumps(np.array([1, 2], dtype="m8[s]")))
    write("dicts", [{"a": 1, "t": "x"}, {"a": None, "b": 2.5}, {"b": 3, "t": None}],
          {"a": [1.0, None, None], "t": ["x", None, None], "b": [None, 2.5, 3.0]})


def numpy_files():
    """What numpy.save and numpy.savez write."""
    table = np.arange(6.0).reshape(3, 2)
    record = np.array([(1, 2.5, "ab", [1, 2]), (-3, np.nan, "c", [3, 4])],
                      dtype=[("a", "<i4"), ("b", ">f8"), (("title", "t"), "U3"), ("v", "<f4", (2,))])
    named = {"x0": [0.0, 2.0, 4.0], "y": [1.0, 3.0, 5.0]}
    days = np.array(["2024-02-29", "NaT"], dtype="M8[D]")
    arrays = {
        "c": (table, named),
        "f": (np.asfortranarray(table), named),
        "big": (table.astype(">i2"), named),
        "half": (table.astype("f2")[:, 0], {"x0": named["x0"]}),
        "aligned": (np.array([(1, 2.0)], dtype=np.dtype([("a", "i1"), ("b", "f8")], align=True)), {"a": [1.0], "b": [2.0]}),
        "record": (record, {"a": [1.0, -3.0], "b": [2.5, None], "t": ["ab", "c"], "v0": [1.0, 3.0], "v1": [2.0, 4.0]}),
        "days": (days, {"x0": ["2024-02-29", None]}),
        "objects": (np.array([[1, "a"], [None, "b"]], dtype=object), {"x0": [1.0, None], "y": ["a", "b"]}),
        "text": (np.array(["a", "ü€"]), {"x0": ["a", "ü€"]}),
    }
    for name, (array, holds) in arrays.items():
        np.save(HERE / f"{name}.npy", array)
        expected[f"{name}.npy"] = holds
    for version in ((2, 0), (3, 0)):
        with open(HERE / f"version{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, record["a"], version=version)
        expected[f"version{version[0]}.npy"] = {"x0": [1.0, -3.0]}
    split = {"x_train": table, "y_train": np.array([1, 2, 3]), "x_test": table[:1], "y_test": np.array([9])}
    np.savez(HERE / "split.npz", **split)
    np.savez_compressed(HERE / "split-compressed.npz", **split)
    holds = {"x_train0": named["x0"], "x_train1": named["y"], "y_train": [1.0, 2.0, 3.0]}
    expected["split.npz"] = holds
    np.savez(HERE / "unnamed.npz", table, np.array([1, 2, 3]))
    expected["unnamed.npz"] = {"x0": named["x0"], "x1": named["y"], "y": [1.0, 2.0, 3.0]}
    np.savez(HERE / "objects.npz", x=np.array([1, None], dtype=object), y=np.array([True, False]))
    expected["objects.npz"] = {"x": [1.0, None], "y": [1.0, 0.0]}


def bunches():
    from sklearn.datasets import load_iris, load_linnerud
    from sklearn.utils import Bunch

    iris = load_iris(as_frame=True)
    few = {k: v for k, v in iris.items() if k != "DESCR"}
    few["frame"], few["data"], few["target"] = iris.frame[48:52], iris.data[48:52], iris.target[48:52]
    write("bunch-frame", Bunch(**few), columns(few["frame"]))
    iris = load_iris()
    data, target = iris.data[48:52], iris.target[48:52]
    images = np.ones((4, 2, 2))
    bunch = Bunch(data=data, target=target, frame=None, target_names=iris.target_names, images=images,
                  feature_names=iris.feature_names, DESCR="flowers")
    held = {name: data[:, j].tolist() for j, name in enumerate(iris.feature_names)}
    write("bunch", bunch, {**held, "target": [float(v) for v in target]})
    linnerud = load_linnerud()
    held = {name: linnerud.data[:, j].tolist() for j, name in enumerate(linnerud.feature_names)}
    held.update({name: linnerud.target[:, j].tolist() for j, name in enumerate(linnerud.target_names)})
    write("bunch-targets", linnerud, held)


def main():
    frame = every_column()
    protocols = range(6) if VERSION[:3] in ("2.2", "3.1") else (4,)
    for protocol in protocols:
        if protocol <= pickle.HIGHEST_PROTOCOL:
            write(f"pandas-{VERSION}-p{protocol}", frame, columns(frame), protocol)
    if MAJOR == 3:
        structures()
        numpy_and_others()
        numpy_files()
        bunches()
    if MAJOR == 2:
        python = pd.DataFrame({"t": pd.array(["a", None], dtype=pd.StringDtype("python")), "n": [1, 2]})
        write("strings-2", python, columns(python))
    if MAJOR == 3:
        with pd.option_context("mode.string_storage", "python"):
            python = pd.DataFrame({"t": pd.array(["a", None], dtype="str"), "n": [1, 2]})
            write("strings-3", python, columns(python))
    (HERE / f"pandas-{VERSION}.json").write_text(json.dumps(expected, indent=1) + "\n")


sys.exit(main())

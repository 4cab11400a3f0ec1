"""Writes the tables beside this script, with what scikit-learn fits to them.

Made with Python 3.11, NumPy 2.4.6, pandas 3.1.1, pyarrow 26.0.1 and scikit-learn 1.9.1; what it
prints is what cli.TableInputs expects.
"""

import json
import pathlib

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(7)
X = RANDOM.normal(size=(16, 3)).round(3)
Y = (2 + X @ [3.0, -1.0, 0.5] + RANDOM.normal(scale=0.5, size=16)).round(3)
SIDE = np.where(Y > 2, "high", "low")


def main():
    frame = pd.DataFrame(X, columns=["size", "age", "floor"])
    frame["price"] = Y
    frame["street"] = [f"street {i % 3}" for i in range(16)]
    frame.index = pd.Index([f"house {i}" for i in range(16)], name="house")
    frame.to_pickle(HERE / "frame.pkl")
    flat = frame.drop(columns="street").reset_index(drop=True)
    flat.to_orc(HERE / "flat.orc")
    flat.to_json(HERE / "flat.jsonl", orient="records", lines=True)
    flat.to_json(HERE / "array.json", orient="records")
    flat.to_json(HERE / "columns.json")
    lines = (HERE / "flat.jsonl").read_text().splitlines()
    (HERE / "broken.jsonl").write_text("\n".join(lines[:4] + ['{"size": 1,'] + lines[5:]) + "\n")
    (HERE / "missing.ndjson").write_text("\n".join(lines[:4] + ['{"size": 1}'] + lines[5:]) + "\n")
    rows = [json.loads(line) | {"rooms": [1, 2]} for line in lines]
    (HERE / "nested.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    np.save(HERE / "X.npy", X[:12])
    np.save(HERE / "y.npy", Y[:12])
    np.save(HERE / "sides.npy", SIDE[:12])
    np.save(HERE / "X_test.npy", X[12:])
    np.save(HERE / "y_test.npy", Y[12:])
    np.savetxt(HERE / "X.csv", X[:12], delimiter=",")
    pd.DataFrame({"id": range(12), "price": Y[:12]}).to_csv(HERE / "prices.csv", index=False)
    flat[["size", "age", "floor"]][:12].to_parquet(HERE / "X.parquet")
    pd.Series(Y[:12], name="price").to_pickle(HERE / "y.pkl")
    for n in (16, 12):
        fit = LinearRegression().fit(X[:n], Y[:n])
        print(n, fit.intercept_, fit.coef_, mean_squared_error(Y[:n], fit.predict(X[:n])))
    print("test", mean_squared_error(Y[12:], fit.predict(X[12:])), fit.predict(X[12:])[0])


main()

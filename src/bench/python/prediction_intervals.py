"""How often intervals of 90 % hold the labels of new rows, over public data sets, and whether they are those of MAPIE.

submit/benchmark intervals [--out FILE.md] [--only NAME,...]

Each data set is split at random into three quarters to search over and a quarter that intervals are made for, again and again;
what should stand in the table is the share that holds, 0.9. Then MAPIE's CrossConformalRegressor, method plus, over scikit-learn's
pipeline and five runs of the rows is asked for the intervals of the first rows, and so is Foldwise. Exit status 1: an end is more
than 1e-6 of the label's deviation away from MAPIE's, or a command failed.
"""

import dataclasses
import re
import shlex
import subprocess
import sys
import warnings

import mapie
import numpy as np
import pandas as pd
from mapie.regression import CrossConformalRegressor
from public_datasets import BOUND, CONTIGUOUS, DATA_SETS, DataSet, ended, pipeline, run, started, unpack, wine
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.model_selection import KFold

LEVEL = 0.9
SHOWN = 200
ASIDE = re.compile(r" ?--(fold-strategy|folds|fold-column) \S+| ?--missing drop| ?--missing-values NA(?=\s|$)")

MORE = [
    wine("wine quality white", "regression/winequality_white/winequality-white.csv"),
    DataSet(
        "penguins", "palmerpenguins==0.1.6", "penguins.csv",
        "--label body_mass_g --categorical auto --missing-values NA --missing drop",
        "body_mass_g", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "year"], ["species", "island", "sex"], missing="drop",
    ),
    DataSet(
        "child car seats", "ISLP==0.6.0", "Carseats.csv", "--label Sales --categorical auto",
        "Sales", "CompPrice Income Advertising Population Price Age Education".split(), ["ShelveLoc", "Urban", "US"],
    ),
]


class OfRows(RegressorMixin, BaseEstimator):
    """The pipeline over rows of a frame, which are told by their numbers, since MAPIE takes arrays."""

    def __init__(self, data, frame):
        self.data = data
        self.frame = frame

    def rows(self, index):
        return self.frame[self.data.numbers + self.data.texts].iloc[index[:, 0].astype(int)]

    def fit(self, index, label):
        self.pipeline_ = pipeline(self.data, len(index)).fit(self.rows(index), label)
        return self

    def predict(self, index):
        return self.pipeline_.predict(self.rows(index))


def data_sets():
    """The data sets of numbers to predict, without what says how rows are dealt or left out."""
    numbers = [data for data in DATA_SETS if data.loss in ("squared", "poisson")] + MORE
    return [dataclasses.replace(data, words=ASIDE.sub("", data.words).strip(), folds=KFold(5)) for data in numbers]


def draws(rows):
    """How often a data set is split: small ones more often, since their shares vary more."""
    return 16 if rows < 1000 else 6 if rows < 10000 else 2


def coverage(data, rows, folder, foldwise):
    """The share of labels in their intervals by split, or the line that says what failed."""
    commands = []
    for seed in range(draws(rows)):
        out = shlex.quote(str(folder.parent / "run"))
        split = f"--test-fraction 0.25 --seed {seed}"
        commands.append(f"{data.command()} {split} --out {out} --overwrite")
        commands.append(f"evaluate --model {out} --data {shlex.quote(data.file())} {evaluated(data)} {split} --interval {LEVEL}")
    documents = run(commands, folder, foldwise)
    failed = [document for document in documents if isinstance(document, str)]
    return failed[0] if failed else np.array([document["interval"]["held"] for document in documents[1::2]])


def evaluated(data):
    """The options of a search that evaluate takes too: how cells are read."""
    words = shlex.split(data.words)
    kept = ("--header", "--separator", "--missing-values", "--comment", "--encoding")
    found = ["--decimal-comma"] if "--decimal-comma" in words else []
    for option, value in zip(words, words[1:]):
        if option in kept:
            found += [option, shlex.quote(value)]
    return " ".join(found)


def difference(data, frame, folder, foldwise):
    """The largest difference of an end of the first rows' intervals from MAPIE's, in the label's deviations."""
    index = np.arange(len(frame), dtype=float)[:, None]
    conformal = CrossConformalRegressor(OfRows(data, frame), confidence_level=LEVEL, cv=KFold(5), method="plus")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conformal.fit_conformalize(index, frame[data.label].to_numpy(dtype=float))
        _, theirs = conformal.predict_interval(index[:SHOWN])
    out, predicted = folder.parent / "run", folder.parent / "predicted.csv"
    script = (
        f"{data.command()} {CONTIGUOUS} --out {shlex.quote(str(out))} --overwrite\n"
        f"predict --model {shlex.quote(str(out))} --data {shlex.quote(data.file())} {evaluated(data)}"
        f" --interval {LEVEL} --out {shlex.quote(str(predicted))} --overwrite\n"
    )
    done = subprocess.run([foldwise, "shell"], input=script, text=True, capture_output=True, cwd=folder)
    if done.returncode:
        return done.stderr[-300:]
    ours = pd.read_csv(predicted).dropna(subset=["prediction_lower"])[["prediction_lower", "prediction_upper"]].to_numpy()
    return float(np.max(np.abs(ours[:SHOWN] - theirs[:, :, 0])) / frame[data.label].std())


def main():
    asked, chosen, wheels, folder = started("intervals", __doc__, data_sets())
    rows, failed, shares = [], [], []
    for data in chosen:
        unpack(data, wheels, folder)
        frame = data.frame(folder)
        if data.missing == "drop":
            # Rows with missing cells could not be predicted.
            frame[data.numbers + data.texts + [data.label]].to_csv(folder / data.file(), index=False)
        held = coverage(data, len(frame), folder, asked.foldwise)
        far = difference(data, frame, folder, asked.foldwise)
        for result in (held, far):
            if isinstance(result, str):
                failed.append(f"{data.name}: {result}")
                print(failed[-1], file=sys.stderr, flush=True)
        if isinstance(held, str) or isinstance(far, str):
            continue
        if not far <= BOUND:
            failed.append(f"{data.name}: an end of an interval is {far:.1e} deviations away from MAPIE's")
        shares.append(held.mean())
        error = held.std(ddof=1) / np.sqrt(len(held))
        rows.append(f"| {data.name} | {len(frame):,} | {len(held)} | {held.mean():.3f} | {error:.3f} | {far:.0e} |")
        print(rows[-1], file=sys.stderr, flush=True)
    head = "| data set | rows | splits | labels held | standard error | largest difference from MAPIE, in deviations of the label |"
    status = ended("intervals", asked, [head, "|---|---:|---:|---:|---:|---:|"] + rows, failed)
    print(f"MAPIE {mapie.__version__}: {len(rows)} of {len(chosen)} data sets, labels held {np.mean(shares):.3f} in the mean", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())

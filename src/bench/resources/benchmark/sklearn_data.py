"""sklearn_data.py FOLDER: writes data sets that come with scikit-learn as CSV, for the table of defaults."""

import sys

import numpy as np
from sklearn.datasets import load_digits, load_iris, load_wine


def write(name, x, y, label="y"):
    header = ",".join([f"x{j}" for j in range(x.shape[1])] + [label])
    np.savetxt(f"{sys.argv[1]}/{name}.csv", np.c_[x, y], delimiter=",", header=header, comments="", fmt="%.17g")


wine, iris, digits = load_wine(), load_iris(), load_digits()
write("wine", wine.data[:, 1:], wine.data[:, 0], "alcohol")
write("iris", iris.data[:, :3], iris.data[:, 3], "width")
varied = digits.data[:, digits.data.std(0) > 0.1]
write("digits", varied, digits.target)
write("versicolor", iris.data, (iris.target == 1).astype(float))
write("wine_class", wine.data, (wine.target == 1).astype(float))
write("digits_high", varied, (digits.target >= 5).astype(float))
print("written")

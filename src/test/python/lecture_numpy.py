"""The lecture's loop in NumPy over data/linear.pkl: run it with NumPy 2.4.6, from the repository's folder."""
import pickle

import numpy as np

with open("data/linear.pkl", "rb") as file:
    data = pickle.load(file)
x, y = data["x"].ravel(), data["y"].ravel()
b, w, rate = 0.0, 0.0, 0.1
for epoch in range(1, 1001):
    error = b + w * x - y
    b, w = b - rate * 2 * error.mean(), w - rate * 2 * (error * x).mean()
    if epoch in (1, 2, 3, 10, 1000):
        print(epoch, repr(float(b)), repr(float(w)))
print("numpy", np.__version__)

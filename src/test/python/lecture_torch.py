"""The lecture's loop in PyTorch over data/linear.pkl: run it with PyTorch 2.15.0, from the repository's folder."""
import pickle

import torch

with open("data/linear.pkl", "rb") as file:
    data = pickle.load(file)
x, y = (torch.tensor(data[name]).ravel() for name in ("x", "y"))
b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([b, w], lr=0.1)
for epoch in range(1, 1001):
    optimizer.zero_grad()
    torch.nn.functional.mse_loss(b + w * x, y).backward()
    optimizer.step()
    if epoch in (1, 2, 3, 10, 1000):
        print(epoch, repr(b.item()), repr(w.item()))
print("torch", torch.__version__)

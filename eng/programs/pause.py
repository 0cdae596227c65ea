"""How long a request takes, in seconds: the same in every program of this folder."""
import random


def of(method, path):
    if method == "POST":
        return random.uniform(0.005, 0.08)
    return {"/": 0.02, "/slow": 0.3}.get(path, 0)

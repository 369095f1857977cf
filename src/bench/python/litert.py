"""One inference by ai-edge-litert, and the making of an interpreter: values in, run, scores out."""

import os

import numpy as np
from ai_edge_litert.interpreter import Interpreter


def made():
    interpreter = Interpreter(model_path=os.environ["MODEL"], num_threads=int(os.environ["THREADS"]))
    interpreter.allocate_tensors()
    return interpreter


interpreter = made()
INPUT = interpreter.get_input_details()[0]
OUTPUT = interpreter.get_output_details()[0]
VALUES = np.zeros(INPUT["shape"], INPUT["dtype"])


def run():
    interpreter.set_tensor(INPUT["index"], VALUES)
    interpreter.invoke()
    interpreter.get_tensor(OUTPUT["index"])


work = {"run": run, "make": made}

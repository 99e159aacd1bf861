"""A taught encoder as an ONNX file: weights as whole numbers of one byte, sums as floats, so that no sentence depends on its batch.

Weights are rounded per output channel (symmetric, −127 to 127) and spread to floats when the session starts; activations
are never rounded, since their scale would be taken over a whole batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
Weights = dict[str, Any]


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def put(self, name: str, value: Any) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def do(self, kind: str, *inputs: str, **attributes: Any) -> str:
        out = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], out, **attributes))
        return out

    def linear(self, x: str, name: str, weights: Weights) -> str:
        """``x @ W.T + b`` with W in bytes."""
        spread = self.spread(f"{name}.weight", weights[f"{name}.weight"])
        product = self.do("MatMul", x, self.do("Transpose", spread, perm=[1, 0]))
        return self.do("Add", product, self.put(f"{name}.bias", weights[f"{name}.bias"]))

    def spread(self, name: str, value: Any) -> str:
        steps, scale = in_bytes(value)
        whole = self.do("Cast", self.put(name, steps), to=TensorProto.FLOAT)
        return self.do("Mul", whole, self.put(f"{name}.scale", scale))

    def norm(self, x: str, name: str, weights: Weights, eps: float) -> str:
        ends = [self.put(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.do("LayerNormalization", x, *ends, axis=-1, epsilon=eps)


def in_bytes(value: Any) -> tuple[Any, Any]:
    """A matrix (rows × columns) as whole numbers and the size of one step of each row."""
    scale = np.maximum(np.abs(value).max(1, keepdims=True), 1e-12) / 127
    return np.rint(value / scale).astype(np.int8), scale.astype(np.float32)


def graph(weights: Weights, layers: int, heads: int, eps: float) -> bytes:
    """The file. Inputs ``ids`` and ``seen`` (sentences × pieces, int64); outputs ``scores`` (log odds) and ``vector``."""
    g = _Graph()
    width = weights["word"].shape[1]
    each = width // heads
    steps, scale = in_bytes(weights["word"])
    words = g.do("Cast", g.do("Gather", g.put("word", steps), "ids"), to=TensorProto.FLOAT)
    words = g.do("Mul", words, g.do("Gather", g.put("word.scale", scale), "ids"))
    length = g.do("Gather", g.do("Shape", "ids"), g.put("one", np.array([1], np.int64)))
    places = g.do("Slice", g.put("place", weights["place"]), g.put("zero", np.array([0], np.int64)), length)
    x = g.norm(g.do("Add", words, places), "first", weights, eps)
    seen = g.do("Cast", "seen", to=TensorProto.FLOAT)
    column = g.do("Unsqueeze", seen, g.put("last", np.array([-1], np.int64)))
    hidden = g.do("Mul", g.do("Sub", seen, g.put("full", np.array(1, np.float32))), g.put("far", np.array(1e9, np.float32)))
    mask = g.do("Unsqueeze", hidden, g.put("inner", np.array([1, 2], np.int64)))
    split = g.put("split", np.array([0, -1, heads, each], np.int64))
    joined = g.put("joined", np.array([0, -1, width], np.int64))
    root = g.put("root", np.array(each**-0.5, np.float32))
    for layer in range(layers):
        name = f"layer{layer}"
        q, k, v = (g.do("Reshape", g.linear(x, f"{name}.{part}", weights), split) for part in "qkv")
        near = g.do(
            "MatMul", g.do("Mul", g.do("Transpose", q, perm=[0, 2, 1, 3]), root), g.do("Transpose", k, perm=[0, 2, 3, 1])
        )
        share = g.do("Softmax", g.do("Add", near, mask), axis=-1)
        heard = g.do("MatMul", share, g.do("Transpose", v, perm=[0, 2, 1, 3]))
        heard = g.do("Reshape", g.do("Transpose", heard, perm=[0, 2, 1, 3]), joined)
        x = g.norm(g.do("Add", x, g.linear(heard, f"{name}.out", weights)), f"{name}.heard", weights, eps)
        wide = g.linear(x, f"{name}.wide", weights)
        bent = g.do("Erf", g.do("Div", wide, g.put(f"{name}.sqrt2", np.array(2**0.5, np.float32))))
        bent = g.do("Mul", g.do("Mul", wide, g.do("Add", bent, "full")), g.put(f"{name}.half", np.array(0.5, np.float32)))
        x = g.norm(g.do("Add", x, g.linear(bent, f"{name}.narrow", weights)), f"{name}.end", weights, eps)
    axis = g.put("axis", np.array([1], np.int64))
    total = g.do("ReduceSum", g.do("Mul", x, column), axis, keepdims=0)
    mean = g.do("Div", total, g.do("ReduceSum", column, axis, keepdims=0))
    long = g.do("ReduceL2", mean, axes=[-1], keepdims=1)
    vector = g.do("Div", mean, long)
    eight = g.do("Mul", vector, g.put("eight", np.array(8, np.float32)))
    scores = g.linear(eight, "head", weights)
    g.nodes += [helper.make_node("Identity", [vector], ["vector"]), helper.make_node("Identity", [scores], ["scores"])]
    asked = [helper.make_tensor_value_info(one, TensorProto.INT64, ["sentences", "pieces"]) for one in ("ids", "seen")]
    said = [
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["sentences", weights["head.bias"].shape[0]]),
        helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["sentences", width]),
    ]
    made = helper.make_graph(g.nodes, "encoder", asked, said, g.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="mapper")
    model.ir_version = 9
    return bytes(model.SerializeToString())

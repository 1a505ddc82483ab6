"""A Piper model made fit for us: it tells how long each phoneme is, and says the same text the same way every time.

Piper's models draw random numbers while they speak; without them (noise scale 0) speech is flat, with them every run
differs. The random nodes are therefore replaced by a fixed table of normal numbers: natural, and equal to the byte.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from piper.patch_voice_with_alignment import add_alignment_output

REVISION = "1"
"""Part of the file's name: another patch is another file."""

TABLE = 65_537
"""Normal numbers in the table; a prime, so that its repetition meets no row of the model twice in the same place."""


def steady_model(source: Path, folder: Path) -> Path:
    """The patched copy of `source` in `folder`, named after the hash of the source; made once, written atomically."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    made = folder / f"{source.stem}-{digest[:16]}-r{REVISION}.onnx"
    if not made.exists():
        _write(patched(onnx.load(str(source))), made)
    return made


def patched(model: onnx.ModelProto) -> onnx.ModelProto:
    add_alignment_output(model)
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.node:
        if node.op_type == "RandomNormalLike":
            nodes.extend(_fixed_noise(model.graph, node, seed=len(nodes)))
        else:
            nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def _fixed_noise(graph: onnx.GraphProto, node: onnx.NodeProto, seed: int) -> list[onnx.NodeProto]:
    """output = table[range(size of input) mod TABLE], in the shape of the input."""
    (source,), (target,) = node.input, node.output
    numbers = np.random.default_rng(seed).standard_normal(TABLE, dtype=np.float32)
    for name, value in (
        ("table", numbers),
        ("zero", np.array(0, np.int64)),
        ("one", np.array(1, np.int64)),
        ("length", np.array(TABLE, np.int64)),
    ):
        graph.initializer.append(numpy_helper.from_array(value, f"{target}/{name}"))

    def part(operation: str, inputs: list[str], output: str) -> onnx.NodeProto:
        named = [source if name == "source" else f"{target}/{name}" for name in inputs]
        return helper.make_node(operation, named, [output if output == target else f"{target}/{output}"])

    return [
        part("Shape", ["source"], "shape"),
        part("Size", ["source"], "size"),
        part("Range", ["zero", "size", "one"], "places"),
        part("Mod", ["places", "length"], "wrapped"),
        part("Gather", ["table", "wrapped"], "numbers"),
        part("Reshape", ["numbers", "shape"], target),
    ]


def _write(model: onnx.ModelProto, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(model.SerializeToString())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

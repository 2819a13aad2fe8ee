#!/usr/bin/env python3
"""Writes plans for benchmarks.

usage: generate.py SHAPE STEPS [--outputs | --fail-at-half] > PLAN

SHAPE     chain: each step needs the one before; wide: no step needs another;
          layered: layers of 100 steps, each step needs two of the layer before
--outputs       each step copies a small file and declares it, so that a second apply skips it
--fail-at-half  the step in the middle fails as long as there is no file "go"
"""

import sys

SHAPES = ("chain", "wide", "layered")
LAYER = 100


def needs(shape, index):
    if shape == "chain":
        return [index - 1] if index > 0 else []
    if shape == "layered" and index >= LAYER:
        start = (index // LAYER - 1) * LAYER
        return sorted({start + index % LAYER, start + (index * 7 + 3) % LAYER})
    return []


def plan(shape, count, variant=None):
    lines = ["execplan: 1", f"title: {shape} of {count} steps", "id: bench", "order: graph", "steps:"]
    for index in range(count):
        lines.append(f"  - id: s{index:05}")
        lines.append(f"    title: Step number {index} of the benchmark")
        before = needs(shape, index)
        if before:
            lines.append("    needs: [" + ", ".join(f"s{need:05}" for need in before) + "]")
        if variant == "--outputs":
            lines.append(f"    run: cp in out/{index:05}")
            lines.append("    inputs: [in]")
            lines.append(f"    outputs: [out/{index:05}]")
        elif variant == "--fail-at-half" and index == count // 2:
            lines.append("    run: test -e go")
        else:
            lines.append('    run: "true"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in SHAPES:
        sys.exit(__doc__)
    sys.stdout.write(plan(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) == 4 else None))

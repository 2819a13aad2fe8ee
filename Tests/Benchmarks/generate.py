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


def markdown(size):
    """A markdown plan of about as many bytes: most of it a list of what was done, as in plans that grow for years."""
    sections = [
        "# A plan that grew\n\nThis ExecPlan is a living document.\n\n## Purpose / Big Picture\n\nSee it work.\n\n## Progress\n\n",
        "## Surprises & Discoveries\n\n- Observation: it grows.\n  Evidence: this file\n\n",
        "## Decision Log\n\n",
        "## Outcomes & Retrospective\n\nIt works.\n\n## Context and Orientation\n\nAll is in `src`.\n\n"
        "## Plan of Work\n\nOne thing after another.\n\n## Concrete Steps\n\nFrom the repository root:\n\n"
        "    make all\n\n## Validation and Acceptance\n\nThe tests pass.\n\n## Idempotence and Recovery\n\n"
        "Do it again.\n\n## Artifacts and Notes\n\nNone.\n\n## Interfaces and Dependencies\n\nNone.\n",
    ]
    items, entries, length, index = [], [], 0, 0
    while length < size:
        time = f"{2020 + index // 7200}-{index // 600 % 12 + 1:02}-{index // 24 % 25 + 1:02} {index % 24:02}:00Z"
        items.append(
            f"- [x] ({time}) Moved `module_{index}` behind **the interface** of `src/part_{index % 40}.ts`, and looked at\n"
            f"  [the notes](docs/notes/{index}.md) for what *must* stay as it is.\n")
        if index % 10 == 0:
            entries.append(
                f"- Decision: keep `module_{index}` as it is.\n  Rationale: what depends on it is not ready.\n"
                f"  Date/Author: {time[:10]}, the team\n\n")
        length += len(items[-1]) + (len(entries[-1]) if index % 10 == 0 else 0)
        index += 1
    items.append("\n")
    return sections[0] + "".join(items) + sections[1] + sections[2] + "".join(entries) + sections[3]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in SHAPES:
        sys.exit(__doc__)
    sys.stdout.write(plan(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) == 4 else None))

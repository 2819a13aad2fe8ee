"""The limits that docs/reliability.md states: very large plans, outputs, histories and journals, and small allowances.

Each takes a `Bench` of run.py and a folder, and says rows of one table. What is not done is an error, not a slow figure.
"""

import os
import resource
import subprocess
import sys

PLAN = "bench.execplan.yaml"
HEAD = "execplan: 1\ntitle: limits\nid: bench\norder: graph\nsteps:\n"


def fail(text):
    sys.exit(f"bench: {text}")


def row(bench, what, sample, limit, note=""):
    """One measurement against a bound of memory in MiB."""
    holds = bench.report.bound(what, sample.memory, limit, " MiB")
    bench.report.say(
        f"| {what} | {sample.wall:.1f} s | {sample.cpu:.1f} s | {sample.memory:.0f} MiB | {limit} MiB | {holds} | {note} |")


def many_steps(bench, parent):
    """100,000 steps: a hundred chains of a thousand."""
    lines = [
        f"  - {{id: s{i}, check: [{{exists: in}}]{'' if i % 1000 == 0 else f', needs: [s{i - 1}]'}}}\n"
        for i in range(100_000)]
    folder = bench.project(parent, "steps", HEAD + "".join(lines))
    row(bench, "100,000 steps: `validate`", bench.execplan(folder, "validate", "-q", PLAN), 1024)
    row(bench, "`plan`", bench.execplan(folder, "plan", "-q", PLAN), 1024)
    process = subprocess.Popen([bench.binary, "apply", "-q", PLAN], cwd=folder, stdin=subprocess.DEVNULL)
    journal = os.path.join(folder, ".execplan", "journal.db")
    # About half of it is in the journal then.
    while process.poll() is None and (not os.path.exists(journal) or os.path.getsize(journal) < 60 << 20):
        pass
    process.kill()
    process.wait()
    row(bench, "`status` after a kill", bench.execplan(folder, "status", PLAN), 1024)
    row(bench, "`apply --resume` of the rest", bench.execplan(folder, "apply", "-q", "--resume", PLAN), 1024)
    row(bench, "`apply`, all anew", bench.execplan(folder, "apply", "-q", "--fresh", PLAN), 1024)


def large_output(bench, parent):
    """A step that prints 10 GB."""
    folder = bench.project(
        parent, "output", HEAD + '  - {id: a, run: "head -c 10000000000 /dev/zero", timeout: 1h}\n')
    sample = bench.execplan(folder, "apply", "-q", PLAN)
    logs = os.path.join(folder, ".execplan", "logs", "1")
    files = [os.stat(os.path.join(logs, name)) for name in os.listdir(logs)]
    kept = sum(file.st_blocks * 512 for file in files)
    if max(file.st_size for file in files) != 10_000_000_000:
        fail("the output was not written whole")
    if kept > 70 << 20:
        fail(f"{kept} bytes of output were kept")
    row(bench, "a step that prints 10 GB", sample, 64, f"{kept / 2**20:.0f} MiB kept on disk")


def many_ready(bench, parent):
    """10,000 steps that are ready at once, with and without room for 64 of them."""
    lines = [f"  - {{id: s{i}, run: 'true'}}\n" for i in range(10_000)]
    folder = bench.project(parent, "ready", HEAD + "".join(lines))
    row(bench, "10,000 ready steps, `-j 64`", bench.execplan(folder, "apply", "-q", "-j", "64", PLAN), 256)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
    try:
        sample = bench.execplan(folder, "apply", "-q", "-j", "64", "--fresh", PLAN)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    row(bench, "the same under `ulimit -n 64`", sample, 256, "8 at a time")


def long_history(bench, parent):
    """1,000 runs, each of which puts almost a megabyte into the journal."""
    text = HEAD + """\
  - id: a
    run: |
      { printf 'v='; head -c 950000 /dev/zero | tr '\\0' x; echo; } >> "$EXECPLAN_OUTPUT"
  - {id: b, needs: [a], run: "true"}
"""
    folder = bench.project(parent, "history", text)
    first = bench.execplan(folder, "apply", "-q", PLAN)
    for _ in range(1099):
        bench.execplan(folder, "apply", "-q", PLAN)
    size = os.path.getsize(os.path.join(folder, ".execplan", "journal.db"))
    row(bench, "`apply` of the first run", first, 128)
    note = f"a journal of {size / 1e9:.2f} GB"
    row(bench, "`apply` of run 1,101", bench.execplan(folder, "apply", "-q", PLAN), 128, note)
    row(bench, "`status`", bench.execplan(folder, "status", PLAN), 128)
    row(bench, "`runs`", bench.execplan(folder, "runs"), 128)
    row(bench, "`doctor`, all rows and pages", bench.execplan(folder, "doctor", expected=None), 256)
    sample = bench.execplan(folder, "runs", "--prune", "--keep", "20")
    after = os.path.getsize(os.path.join(folder, ".execplan", "journal.db"))
    row(bench, "`runs --prune --keep 20`", sample, 256, f"{after / 1e6:.0f} MB left")


def large_environment(bench, parent):
    """An environment near the system's limit: refused by name."""
    folder = bench.project(parent, "environment", HEAD + f"  - {{id: a, run: 'true', env: {{L: {'x' * 90_000}}}}}\n")
    environment = dict(os.environ, **{f"BIG{i}": "x" * 130_000 for i in range(15)}, BIGGEST="x" * 131_000)
    process = subprocess.run(
        [bench.binary, "apply", PLAN], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if process.returncode != 1 or "BIGGEST" not in process.stdout + process.stderr:
        fail(f"exit {process.returncode} of a step with a large environment\n{process.stdout}{process.stderr}")
    bench.report.say("| an environment near 2 MiB | | | | | yes | the step fails, and its largest variable is named |")


def run(bench, parent):
    say = bench.report.say
    say("### Limits")
    say()
    say("| | wall | processor | peak memory | bound | holds | |")
    say("|---|--:|--:|--:|--:|---|---|")
    for part in (many_steps, large_output, many_ready, large_environment, long_history):
        part(bench, parent)
    say()

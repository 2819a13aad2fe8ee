#!/usr/bin/env python3
"""Measures execplan and holds the numbers against their bounds.

usage: run.py [--binary PATH] [--folder DIR] [--write] [--only PART ...] [--runs N] [--sizes SMALL LARGE] [--corpus DIR]

PART      start, validate, markdown, scale, million or limits; all but the last without --only
--corpus  a folder with markdown plans, for the part markdown; they are no part of this project
--folder  where the work is done: .build, or a folder in memory to leave the disk out of the figures
--write   puts the tables into docs/benchmarks.md

Of several runs the median is shown, with the least and the most. What is compared is run in alternation.
Times are wall-clock times and, because the machine may be busy, processor times of the program and its steps.
Exits with 1 if a bound is missed.
"""

import argparse
import datetime
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import generate
import limits

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(ROOT, "docs", "benchmarks.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
PLAN = "bench.execplan.yaml"
PARTS = ("start", "validate", "markdown", "scale", "million")
# Only when it is asked for: it takes long, and writes gigabytes.
RARE = ("limits",)
# How many copies of markdown files are read: the time of one alone is mostly that of the start.
COPIES = 20


class Sample:
    def __init__(self, wall, cpu, memory, output):
        self.wall, self.cpu, self.memory, self.output = wall, cpu, memory, output


def call(command, folder, expected=0):
    """Runs a command to its end; its processor time holds that of its children, its memory that of the largest."""
    output = tempfile.TemporaryFile()
    begin = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    output.seek(0)
    text = output.read().decode(errors="replace")
    if expected is not None and process.returncode != expected:
        sys.exit(f"bench: exit {process.returncode} of {' '.join(command)}\n{text[-2000:]}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def median(values):
    return statistics.median(values)


def shown(seconds):
    if seconds < 0.1:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s"


def spread(values):
    middle = shown(median(values))
    return middle if len(values) == 1 else f"{middle} ({shown(min(values))} to {shown(max(values))})"


class Report:
    """Tables, as they stand in the page, and the bounds that were missed."""

    def __init__(self):
        self.lines = []
        self.missed = []

    def say(self, line=""):
        self.lines.append(line)
        print(line, flush=True)

    def bound(self, name, value, limit, unit):
        holds = value <= limit
        if not holds:
            self.missed.append(f"{name}: {value:.1f}{unit}, bound {limit}{unit}")
        return "yes" if holds else "**no**"


class Bench:
    def __init__(self, binary, runs, sizes, corpus):
        self.binary = binary
        self.corpus = corpus
        self.runs = runs
        self.sizes = sizes
        self.report = Report()

    def execplan(self, folder, *arguments, expected=0):
        return call([self.binary, *arguments], folder, expected)

    def project(self, parent, name, text):
        folder = os.path.join(parent, name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "out"))
        # So that nothing above it is taken for the project.
        os.makedirs(os.path.join(folder, ".execplan"))
        for file, content in ((PLAN, text), ("in", "x\n")):
            with open(os.path.join(folder, file), "w", encoding="utf-8") as target:
                target.write(content)
        return folder

    # The parts

    def start(self, parent):
        report = self.report
        samples = [self.execplan(parent, "--version") for _ in range(41)]
        walls, cpus = [sample.wall for sample in samples], [sample.cpu for sample in samples]
        report.say("### Start")
        report.say()
        report.say("| | wall | processor | bound | holds |")
        report.say("|---|--:|--:|--:|---|")
        # The machine may be busy: the least of many runs is what the program needs.
        holds = report.bound("--version", min(walls) * 1000, 5, " ms")
        report.say(f"| `--version`, 41 runs | {spread(walls)} | {spread(cpus)} | least wall 5 ms | {holds} |")
        report.say()

    def validate(self, parent):
        report = self.report
        size = self.sizes[1]
        reader = os.path.join(parent, "yaml_events")
        source = os.path.join(ROOT, "Tests", "Benchmarks", "yaml_events.c")
        subprocess.run(["cc", "-O2", "-o", reader, source, "-lyaml"], check=True)
        report.say(f"### `validate` beside libyaml's own event loop, {size:,} steps")
        report.say()
        report.say("Both read the same file in alternation; the ratio is that of the processor times.")
        report.say()
        report.say("| plan | libyaml | `validate` | peak memory | ratio | bound | holds |")
        report.say("|---|--:|--:|--:|--:|--:|---|")
        for shape in generate.SHAPES:
            folder = self.project(parent, "validate", generate.plan(shape, size))
            events, own = [], []
            for _ in range(max(self.runs * 3, 9)):
                events.append(call([reader, PLAN], folder))
                own.append(self.execplan(folder, "validate", "-q", PLAN))
            ratio = median([sample.cpu for sample in own]) / median([sample.cpu for sample in events])
            holds = report.bound(f"validate, {shape}", ratio, 3, " times")
            report.say(
                f"| {shape} | {spread([sample.cpu for sample in events])} | {spread([sample.cpu for sample in own])} "
                f"| {max(sample.memory for sample in own):.0f} MiB | {ratio:.1f} | 3 | {holds} |")
        report.say()

    def markdown(self, parent):
        report = self.report
        floor = os.path.join(parent, "cmark-rate")
        source = os.path.join(ROOT, "Tests", "Benchmarks", "cmark-rate.c")
        subprocess.run(["cc", "-O2", "-o", floor, source, "-lcmark-gfm", "-lcmark-gfm-extensions"], check=True)
        sets = [("a plan of 1 MiB", {"plan.md": generate.markdown(1 << 20).encode()})]
        if self.corpus:
            sets.append(("plans and templates from public repositories", self.plans()))
        report.say("### `validate` of markdown beside cmark-gfm's own parse")
        report.say()
        report.say(
            f"Each reads {COPIES} copies of the files in one call, in alternation. The bound is that of the times by the "
            "clock. `validate` works on two files at once where there are two processors, and cmark-gfm on one, so the "
            "processor times are shown too.")
        report.say()
        report.say(
            "| files | size | cmark-gfm | `validate` | peak memory | ratio | bound | holds | processor times | their ratio |")
        report.say("|---|--:|--:|--:|--:|--:|--:|---|--:|--:|")
        for name, files in sets:
            folder = self.project(parent, "markdown", "")
            os.unlink(os.path.join(folder, PLAN))
            paths = []
            for copy in range(COPIES):
                os.makedirs(os.path.join(folder, str(copy)))
                for file, content in files.items():
                    paths.append(f"{copy}/{file}")
                    with open(os.path.join(folder, paths[-1]), "wb") as target:
                        target.write(content)
            least, own = [], []
            for _ in range(max(self.runs, 5)):
                least.append(call([floor, "1", *paths], folder))
                # Real plans have findings, and with them the exit code 1.
                own.append(self.execplan(folder, "validate", "-q", *paths, expected=None))
            clock = median([sample.wall for sample in own]) / median([sample.wall for sample in least])
            cpu = [median([sample.cpu for sample in samples]) for samples in (least, own)]
            holds = report.bound(f"validate, {name}", clock, 2, " times")
            size = sum(len(content) for content in files.values())
            report.say(
                f"| {len(files)}: {name} | {size / 1024:,.0f} KiB | {spread([sample.wall for sample in least])} "
                f"| {spread([sample.wall for sample in own])} | {max(sample.memory for sample in own):.0f} MiB "
                f"| {clock:.1f} | 2 | {holds} | {shown(cpu[0])} and {shown(cpu[1])} | {cpu[1] / cpu[0]:.1f} |")
        report.say()

    def plans(self):
        """The markdown files of the folder that was given."""
        files = {}
        for folder, _, names in sorted(os.walk(self.corpus)):
            for name in sorted(names):
                if name.endswith(".md"):
                    with open(os.path.join(folder, name), "rb") as file:
                        files[f"{len(files)}.md"] = file.read()
        return files

    def scale(self, parent):
        report = self.report
        small, large = self.sizes
        report.say(f"### {small:,} and {large:,} steps")
        report.say()
        report.say(
            "Each step runs `true` with `-j2`; for \"up to date\" it copies a small file and declares it. Resume goes on "
            "with what is left of a plan whose middle step has failed; of a wide plan that is little.")
        report.say()
        report.say(
            f"| plan | command | wall, {small:,} | wall, {large:,} | processor, {small:,} | processor, {large:,} "
            "| growth | peak memory | holds |")
        report.say("|---|---|--:|--:|--:|--:|--:|--:|---|")
        for shape in generate.SHAPES:
            samples = {}
            for _ in range(self.runs):
                for size in self.sizes:
                    for name, sample in self.workload(parent, shape, size):
                        samples.setdefault(name, {}).setdefault(size, []).append(sample)
            for name, by_size in samples.items():
                first, second = by_size[small], by_size[large]
                walls = [[sample.wall for sample in part] for part in (first, second)]
                cpus = [[sample.cpu for sample in part] for part in (first, second)]
                growth = median(cpus[1]) / max(median(cpus[0]), 0.001)
                memory = max(sample.memory for sample in second)
                limit = 12 * large / small / 10
                good = growth <= limit and memory <= 150
                if growth > limit:
                    report.missed.append(f"{shape}, {name}: grows {growth:.1f} times, bound {limit:.0f}")
                if memory > 150:
                    report.missed.append(f"{shape}, {name}: {memory:.0f} MiB, bound 150")
                report.say(
                    f"| {shape} | {name} | {spread(walls[0])} | {spread(walls[1])} | {spread(cpus[0])} "
                    f"| {spread(cpus[1])} | {growth:.1f} | {memory:.0f} MiB | {'yes' if good else '**no**'} |")
        report.say()

    def workload(self, parent, shape, size):
        """Every command once on fresh folders; yields names and samples."""
        folder = self.project(parent, "scale", generate.plan(shape, size))
        yield "`validate`", self.execplan(folder, "validate", "-q", PLAN)
        yield "`plan`", self.execplan(folder, "plan", "-q", PLAN)
        yield "`apply`", self.execplan(folder, "apply", "-q", "-j2", PLAN)
        yield "`status`", self.execplan(folder, "status", PLAN)
        folder = self.project(parent, "scale", generate.plan(shape, size, "--outputs"))
        self.execplan(folder, "apply", "-q", "-j2", PLAN)
        sample = self.execplan(folder, "apply", "-j2", PLAN)
        if f" 0 succeeded, {size} skipped" not in sample.output:
            sys.exit(f"bench: the second apply did not skip every step: {sample.output[-300:]}")
        yield "`apply`, all up to date", sample
        folder = self.project(parent, "scale", generate.plan(shape, size, "--fail-at-half"))
        self.execplan(folder, "apply", "-q", "-j2", PLAN, expected=1)
        open(os.path.join(folder, "go"), "w", encoding="utf-8").close()
        yield "`apply --resume` at half", self.execplan(folder, "apply", "-q", "-j2", PLAN, "--resume")

    def million(self, parent):
        report = self.report
        folder = os.path.join(parent, "million")
        shutil.copytree(os.path.join(ROOT, "plans"), os.path.join(folder, "plans"))
        os.makedirs(os.path.join(folder, ".execplan"))
        plan = "plans/taskflow-analytics.execplan.yaml"
        options = ("--profile", "million")
        report.say("### The load of a million tasks")
        report.say()
        report.say("| | wall | processor | peak memory | bound | holds |")
        report.say("|---|--:|--:|--:|--:|---|")
        first = self.execplan(folder, "apply", plan, *options)
        holds = report.bound("a million tasks", first.wall, 300, " s")
        report.say(
            f"| first load | {shown(first.wall)} | {shown(first.cpu)} | {first.memory:.0f} MiB | 5 minutes | {holds} |")
        second = self.execplan(folder, "apply", plan, *options)
        if ": 0 succeeded, 25 skipped" not in second.output:
            sys.exit(f"bench: the second load did not skip every step: {second.output[-300:]}")
        report.say(
            f"| the same again, every step skipped | {shown(second.wall)} | {shown(second.cpu)} "
            f"| {second.memory:.0f} MiB | | |")
        third = self.execplan(folder, "apply", plan, *options, "--param", "new_events=1")
        report.say(
            f"| one more day of events | {shown(third.wall)} | {shown(third.cpu)} | {third.memory:.0f} MiB | | |")
        database = os.path.join(folder, ".demo", "taskflow-million", "warehouse.db")
        for view in ("completion_by_project", "top_users", "daily_trend"):
            samples = [
                call(["sqlite3", "-readonly", database, f"select * from dashboard_{view}"], folder) for _ in range(7)]
            walls = [sample.wall for sample in samples]
            holds = report.bound(f"dashboard {view}", median(walls) * 1000, 500, " ms")
            report.say(
                f"| `select * from dashboard_{view}`, with the start of sqlite3 | {spread(walls)} "
                f"| {spread([sample.cpu for sample in samples])} | | 500 ms | {holds} |")
        report.say()

    def limits(self, parent):
        limits.run(self, parent)

    # The page

    def header(self, arguments):
        processors = os.cpu_count()
        name = "Linux"
        with open("/etc/os-release", encoding="utf-8") as file:
            found = re.search(r'PRETTY_NAME="([^"]*)"', file.read())
            name = found.group(1) if found else name
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        today = datetime.date.today().isoformat()
        version = self.execplan(ROOT, "--version").output.strip()
        load = os.getloadavg()[0]
        self.report.say(
            f"Measured on {today} with {version}: {processors} processors, {memory:.0f} GiB of memory, {name}, a shared "
            f"machine with other work on it (load {load:.1f} at the beginning). The command was:")
        self.report.say()
        self.report.say("<!-- not run -->")
        self.report.say("```console")
        self.report.say("$ " + " ".join(["make bench"] if not arguments else [".ci/bench", *arguments]))
        self.report.say("```")
        self.report.say()

    def write(self):
        with open(PAGE, encoding="utf-8") as file:
            page = file.read()
        head, rest = page.split(BEGIN, 1)
        tail = rest.split(END, 1)[1]
        text = "\n".join(self.report.lines).rstrip()
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--binary", default=os.path.join(ROOT, ".build", "release", "execplan"))
    parser.add_argument("--folder", default=os.path.join(ROOT, ".build"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", nargs="+", choices=PARTS + RARE)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs=2, default=(1000, 10_000))
    parser.add_argument("--corpus")
    options = parser.parse_args()
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"bench: {options.binary} is not there: make release")
    for name in [name for name in os.environ if name.startswith("EXECPLAN_")]:
        del os.environ[name]
    bench = Bench(os.path.abspath(options.binary), options.runs, tuple(options.sizes), options.corpus)
    parent = tempfile.mkdtemp(prefix="execplan-bench-", dir=options.folder)
    try:
        bench.header([argument for argument in sys.argv[1:] if argument != "--write"])
        for part in options.only or PARTS:
            getattr(bench, part)(parent)
    finally:
        shutil.rmtree(parent, ignore_errors=True)
    if options.write:
        bench.write()
    for missed in bench.report.missed:
        print(f"missed: {missed}")
    return 1 if bench.report.missed else 0


if __name__ == "__main__":
    sys.exit(main())

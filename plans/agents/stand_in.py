"""Stands in for three agents: reads its prompt from stdin and does what a real one would be asked to do.

It knows nothing but what its prompt says: the developer and the QA agent find the data by the packages that were handed
off to them.
"""

import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys

SCHEMA = """\
CREATE TABLE dim_users (user_key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE fact_task_events (
  event_key INTEGER PRIMARY KEY,
  user_key INTEGER NOT NULL REFERENCES dim_users (user_key),
  event_type TEXT NOT NULL CHECK (event_type IN ('created', 'completed'))
);
"""

REPORT = '''\
"""Prints how many events every user has, as CSV."""

import sqlite3
import sys

rows = sqlite3.connect(sys.argv[1]).execute(
    "select name, count(*) from fact_task_events join dim_users using (user_key) group by name order by name")
print("user,events")
for name, count in rows:
    print(f"{name},{count}")
'''


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never half of a file under its final name, whatever ends this program.
    draft = path.with_name(path.name + ".new")
    draft.write_text(text)
    draft.replace(path)


def asked(prompt, key):
    """What the prompt says behind a key of a package, or in a list of wishes."""
    found = re.search(rf'^\W*{key}: "?([^"\n]+)"?$', prompt, re.MULTILINE)
    if not found:
        sys.exit(f"the prompt does not say {key!r}")
    return found.group(1)


def data(prompt, folder):
    chosen = random.Random(1)
    users = ["ada", "grace", "katherine"]
    events = [
        {"event": key, "user": chosen.choice(users), "type": chosen.choice(["created", "completed"])}
        for key in range(1, int(asked(prompt, "Events")) + 1)
    ]
    write(folder / "data_models/analytics.sql", SCHEMA)
    write(folder / "src/data/events.json", json.dumps(events, indent=1) + "\n")
    database = folder / "warehouse.db"
    database.unlink(missing_ok=True)
    with sqlite3.connect(database) as warehouse:
        warehouse.executescript(SCHEMA)
        warehouse.executemany("insert into dim_users values (?, ?)", list(enumerate(users, 1)))
        warehouse.executemany(
            "insert into fact_task_events values (?, ?, ?)",
            [(event["event"], users.index(event["user"]) + 1, event["type"]) for event in events])
    write(
        folder / "docs/data_documentation.md",
        "# Data\n\n- `dim_users`: one row for each user\n- `fact_task_events`: one row for each state of a task\n")
    with open(os.environ["EXECPLAN_OUTPUT"], "a") as values:
        print(f"rows={len(events)}", file=values)
    print(f"{len(events)} events of {len(users)} users")


def developer(prompt, folder):
    write(folder / "src/report.py", REPORT)
    command = [sys.executable, str(folder / "src/report.py"), asked(prompt, "database")]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    write(folder / "reports/users.csv", report)
    print(report, end="")


def qa(prompt, folder):
    source = json.loads(pathlib.Path(asked(prompt, "source")).read_text())
    expected = int(asked(prompt, "expected_rows"))
    report = pathlib.Path(asked(prompt, "report")).read_text().splitlines()[1:]
    reported = sum(int(line.split(",")[1]) for line in report)
    found = {"events in the source": len(source), "events in the report": reported}
    lines = [f"- {what}: {count}, expected {expected}" for what, count in found.items()]
    verdict = "passed" if set(found.values()) == {expected} else "failed"
    write(folder / "docs/qa_report.md", "# QA\n\n" + "\n".join(lines) + f"\n\nVerdict: {verdict}\n")
    print(verdict)


def main():
    role, folder = sys.argv[1:]
    {"data": data, "developer": developer, "qa": qa}[role](sys.stdin.read(), pathlib.Path(folder))


main()

// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of a line of `apply --events`.
  static let eventsText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan event",
  "description": "One line of execplan apply --events: newline-delimited JSON. The first line names the version. Types and keys are added in minor versions: ignore what you do not know.",
  "type": "object",
  "required": ["type"],
  "if": {"required": ["type"], "properties": {"type": {"const": "version"}}},
  "then": {"required": ["schema"]},
  "else": {"required": ["seq", "ts", "run_id", "step_id", "attempt"]},
  "properties": {
    "type": {
      "description": "what happened; planned events follow run_started or rollback and name in step_ids the steps that this apply or rollback deals with, in the order of the plan, at most 500 in one event",
      "type": "string",
      "enum": [
        "version", "run_started", "rollback", "planned", "conflict", "step_started", "output", "retry_scheduled", "waiting",
        "approval", "phase_started", "phase_finished", "step_finished", "gate", "run_finished", "notice"
      ]
    },
    "schema": {
      "description": "in the first line: the version of this format",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "seq": {
      "description": "the number of the event in the journal, rising; an output event has that of the event before it",
      "type": "integer",
      "minimum": 0
    },
    "ts": {
      "description": "when it happened",
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
    },
    "run_id": {"description": "the run", "type": "integer", "minimum": 1},
    "step_id": {"description": "the step; null for the run as a whole", "type": ["string", "null"]},
    "attempt": {"description": "the attempt, from 1", "type": ["integer", "null"], "minimum": 1},
    "saved_plan": {
      "description": "of run_started: the id of the saved plan that is applied; missing when none is",
      "type": "string",
      "pattern": "^[0-9a-f]{32}$"
    },
    "planned": {
      "description": "of step_started, step_finished, gate and waiting: what the saved plan that is applied says of the step, where it came to something else",
      "type": "string",
      "enum": ["run", "skip", "wait", "blocked", "in_doubt", "unknown", "conflict"]
    },
    "choice": {
      "description": "of conflict: what is done about what is there already and is not the plan's; reason says what it is",
      "type": "string",
      "enum": ["adopt", "overwrite"]
    },
    "by": {
      "description": "of conflict: who decided: --on-conflict, --yes, somebody at the terminal, or the plan",
      "type": "string",
      "enum": ["flag", "yes", "prompt", "plan"]
    },
    "resources": {
      "description": "of step_finished and gate: what the attempt used: CPU time in milliseconds, memory and traffic of disks in bytes; missing when nobody counted",
      "type": "object",
      "required": ["user_ms", "system_ms", "max_memory_bytes", "read_bytes", "written_bytes"],
      "properties": {
        "user_ms": {"description": "CPU time outside the kernel", "type": "integer", "minimum": 0},
        "system_ms": {"description": "CPU time in the kernel", "type": "integer", "minimum": 0},
        "max_memory_bytes": {
          "description": "the largest resident set of a process; null when it is not above that of execplan",
          "type": ["integer", "null"],
          "minimum": 0
        },
        "read_bytes": {"description": "read from a disk", "type": "integer", "minimum": 0},
        "written_bytes": {"description": "written to a disk", "type": "integer", "minimum": 0}
      }
    }
  }
}

"""##
}

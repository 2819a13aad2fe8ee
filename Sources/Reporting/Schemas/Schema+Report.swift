// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `report --format json`.
  static let reportText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan report",
  "description": "What execplan report --format json writes.",
  "type": "object",
  "required": ["format_version"],
  "anyOf": [
    {"required": ["plan", "path", "title", "made_at", "run", "legs", "phases", "steps", "next_command"]},
    {"required": ["error"]}
  ],
  "properties": {
    "format_version": {
      "description": "the version of this format: keys are added within a major version, never changed or removed",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "plan": {"description": "the identity of the plan", "type": "string"},
    "path": {"description": "where the plan's file was, relative to the project root", "type": "string"},
    "title": {"description": "the title of the plan", "type": "string"},
    "made_at": {
      "description": "when the report was made",
      "type": "string",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
    },
    "run": {
      "description": "the run that is told of",
      "type": "object",
      "required": ["id", "state", "started_at", "finished_at", "profile", "params"],
      "properties": {
        "id": {"description": "the number of the run", "type": "integer", "minimum": 1},
        "state": {
          "description": "where the run stands",
          "type": "string",
          "enum": ["running", "succeeded", "failed", "interrupted", "waiting", "partial", "abandoned", "rolled_back"]
        },
        "started_at": {
          "description": "when it started",
          "type": "string",
          "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
        },
        "finished_at": {
          "description": "when it ended; null while it has not",
          "type": ["string", "null"],
          "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
        },
        "rerun_of": {
          "description": "the finished run of which it repeats a part; null if it is none of those",
          "type": ["integer", "null"],
          "minimum": 1
        },
        "profile": {"description": "the profile that was chosen", "type": ["string", "null"]},
        "params": {"description": "the parameters, by name", "type": "object"}
      }
    },
    "legs": {
      "description": "every invocation that executed the run",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["started_at", "ended_at", "exit_code", "host"],
        "properties": {
          "started_at": {
            "description": "when it started",
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
          },
          "ended_at": {
            "description": "when it ended; null: it lives, or it was killed",
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
          },
          "exit_code": {"description": "its exit code", "type": ["integer", "null"]},
          "host": {"description": "the machine", "type": "string"}
        }
      }
    },
    "phases": {
      "description": "the phases of the plan",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "title", "objective", "deliverables"],
        "properties": {
          "id": {"description": "the phase", "type": "string"},
          "title": {"description": "what people call it", "type": ["string", "null"]},
          "objective": {"description": "what it is for", "type": ["string", "null"]},
          "deliverables": {"description": "what it makes", "type": "array", "items": {"type": "string"}}
        }
      }
    },
    "steps": {
      "description": "every step of the plan, in its order",
      "type": "array",
      "items": {
        "type": "object",
        "required": [
          "id",
          "title",
          "phase",
          "action",
          "needs",
          "finally",
          "state",
          "allowed",
          "reason",
          "blocked_by",
          "attempts",
          "checks",
          "values",
          "outputs"
        ],
        "properties": {
          "id": {"description": "the step", "type": "string"},
          "title": {"description": "what people call it", "type": ["string", "null"]},
          "phase": {"description": "the phase that it belongs to", "type": ["string", "null"]},
          "action": {"description": "the key of its action", "type": "string"},
          "needs": {"description": "the steps that it waits for", "type": "array", "items": {"type": "string"}},
          "finally": {"description": "whether it runs at the end, whatever happened", "type": "boolean"},
          "state": {
            "description": "where the step stands",
            "type": "string",
            "enum": [
              "pending",
              "running",
              "succeeded",
              "failed",
              "skipped",
              "blocked",
              "waiting",
              "in_doubt",
              "cancelled",
              "rolled_back"
            ]
          },
          "allowed": {"description": "whether it failed and the plan allows that", "type": "boolean"},
          "reason": {"description": "why it stands there", "type": ["string", "null"]},
          "blocked_by": {"description": "the step because of which it did not run", "type": ["string", "null"]},
          "conflict": {
            "description": "what was decided about what was there already and was not the plan's; null if nothing was",
            "type": ["object", "null"],
            "required": ["choice", "by", "detail"],
            "properties": {
              "choice": {"description": "what was done", "type": "string", "enum": ["adopt", "overwrite"]},
              "by": {
                "description": "who decided: --on-conflict, --yes, somebody at the terminal, or the plan",
                "type": "string",
                "enum": ["flag", "yes", "prompt", "plan"]
              },
              "detail": {"description": "what was in the way", "type": "string"}
            }
          },
          "attempts": {
            "description": "every try, in order",
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "number",
                "state",
                "started_at",
                "ended_at",
                "duration_ms",
                "exit_code",
                "signal",
                "reason",
                "resources",
                "logs"
              ],
              "properties": {
                "number": {"description": "from 1", "type": "integer", "minimum": 1},
                "state": {
                  "description": "how it ended",
                  "type": "string",
                  "enum": [
                    "claimed",
                    "succeeded",
                    "failed",
                    "timed_out",
                    "cancelled",
                    "in_doubt",
                    "failed_finally",
                    "waiting"
                  ]
                },
                "started_at": {
                  "description": "when it started",
                  "type": ["string", "null"],
                  "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
                },
                "ended_at": {
                  "description": "when it ended",
                  "type": ["string", "null"],
                  "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
                },
                "duration_ms": {
                  "description": "in milliseconds; null when its end was not seen",
                  "type": ["integer", "null"]
                },
                "exit_code": {"description": "of its program", "type": ["integer", "null"]},
                "signal": {"description": "that ended its program", "type": ["integer", "null"]},
                "reason": {"description": "why it failed", "type": ["string", "null"]},
                "resources": {
                  "description": "what it used: CPU time in milliseconds, memory and traffic of disks in bytes; null when nobody counted",
                  "type": ["object", "null"],
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
                },
                "logs": {
                  "description": "what it wrote",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["stream", "text", "cut"],
                    "properties": {
                      "stream": {
                        "description": "which of the two streams",
                        "type": "string",
                        "enum": ["stdout", "stderr"]
                      },
                      "text": {"description": "its end, without control characters", "type": "string"},
                      "cut": {"description": "whether there was more before", "type": "boolean"}
                    }
                  }
                }
              }
            }
          },
          "checks": {
            "description": "what its last checks said",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["title", "severity", "failure", "found", "samples"],
              "properties": {
                "title": {"description": "what was checked", "type": "string"},
                "severity": {"description": "what a failure means", "type": "string", "enum": ["error", "warn"]},
                "failure": {"description": "what was found instead; null: it holds", "type": ["string", "null"]},
                "found": {"description": "what was counted", "type": ["string", "null"]},
                "samples": {"description": "some of the bad rows", "type": "array", "items": {"type": "string"}}
              }
            }
          },
          "values": {"description": "what it published, by name", "type": "object"},
          "outputs": {
            "description": "the files that it made",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["path", "sha256"],
              "properties": {
                "path": {"description": "relative to the project root", "type": "string"},
                "sha256": {"description": "of the content; null: it was not there", "type": ["string", "null"]}
              }
            }
          }
        }
      }
    },
    "approvals": {
      "description": "what people said where the plan asks, in the order in which they did; those that hold for every run are told of the latest run",
      "type": "array",
      "items": {
        "type": "object",
        "required": [
          "step_id", "decision", "by", "user", "host", "email", "note", "at", "expires_at", "expired_at", "standing",
          "digest"
        ],
        "properties": {
          "step_id": {"description": "the step that asks; approval:plan or approval:PHASE where the plan does", "type": "string"},
          "decision": {"description": "what they said", "type": "string", "enum": ["approved", "rejected"]},
          "by": {"description": "the name that they gave", "type": "string"},
          "user": {"description": "the user of the system", "type": ["string", "null"]},
          "host": {"description": "the machine", "type": "string"},
          "email": {"description": "the address that git knew", "type": ["string", "null"]},
          "note": {"description": "why", "type": ["string", "null"]},
          "at": {
            "description": "when",
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
          },
          "expires_at": {
            "description": "until when it may be used; null: for ever",
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
          },
          "expired_at": {
            "description": "when it was first seen that it had expired; null: it was not",
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
          },
          "standing": {"description": "whether it holds for every run", "type": "boolean"},
          "digest": {"description": "of what was approved", "type": "string", "pattern": "^[0-9a-f]{64}$"}
        }
      }
    },
    "next_command": {
      "description": "the command that goes on from here; null if there is nothing to do",
      "type": ["string", "null"]
    },
    "error": {
      "description": "in place of the result, when the command failed",
      "type": "object",
      "required": ["exit_code", "message", "next_commands"],
      "properties": {
        "exit_code": {"description": "the exit code of the command", "type": "integer"},
        "message": {"description": "why it could not do what it was asked", "type": "string"},
        "next_commands": {
          "description": "whole commands that go on from here, best first",
          "type": "array",
          "items": {"type": "string"}
        }
      }
    }
  }
}

"""##
}

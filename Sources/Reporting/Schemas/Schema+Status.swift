// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `status --format json`.
  static let statusText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan status",
  "description": "What execplan status --format json writes: of one plan, or without a plan of all.",
  "type": "object",
  "required": ["format_version"],
  "anyOf": [
    {"required": ["plan", "run", "steps", "next_command"]},
    {"required": ["plans"]},
    {"required": ["error"]}
  ],
  "properties": {
    "format_version": {
      "description": "the version of this format: keys are added within a major version, never changed or removed",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "plan": {"description": "the identity of the plan", "type": "string"},
    "run": {
      "description": "its last run; null if there is none",
      "type": ["object", "null"],
      "required": ["id", "state", "started_at", "finished_at"],
      "properties": {
        "id": {"description": "the number of the run", "type": "integer", "minimum": 1},
        "state": {
          "description": "where the run stands",
          "type": "string",
          "enum": [
            "running", "succeeded", "failed", "interrupted", "waiting", "partial", "abandoned", "rolled_back"
          ]
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
        }
      }
    },
    "steps": {
      "description": "every step of the plan",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "state", "attempts", "exit_code", "duration_ms", "reason"],
        "properties": {
          "id": {"description": "the step", "type": "string"},
          "state": {
            "description": "where the step stands",
            "type": "string",
            "enum": [
              "pending", "running", "succeeded", "failed", "skipped", "blocked", "waiting", "in_doubt", "cancelled",
              "rolled_back"
            ]
          },
          "attempts": {"description": "how often it was tried in this run", "type": "integer", "minimum": 0},
          "exit_code": {"description": "of the last attempt", "type": ["integer", "null"]},
          "duration_ms": {
            "description": "of the last attempt, in milliseconds",
            "type": ["integer", "null"],
            "minimum": 0
          },
          "resources": {
            "description": "what the last attempt used: CPU time in milliseconds, memory and traffic of disks in bytes; null when nobody counted",
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
          "reason": {"description": "why it stands there", "type": ["string", "null"]},
          "allowed": {"description": "whether it failed and the plan allows that", "type": "boolean"},
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
          "prompt": {"description": "where the prompt is that an agent works on; null if nobody is waited for", "type": ["string", "null"]},
          "handoffs": {
            "description": "what it has handed off to other agents",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["to", "path"],
              "properties": {
                "to": {"description": "the role of the receiver", "type": "string"},
                "path": {"description": "where the package is", "type": "string"}
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
    "plans": {
      "description": "without a plan on the command line: every plan that was found",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["plan", "run", "steps", "next_command"],
        "properties": {
          "plan": {"description": "the identity of the plan", "type": "string"},
          "run": {
            "description": "its last run; null if there is none",
            "type": ["object", "null"],
            "required": ["id", "state", "started_at", "finished_at"],
            "properties": {
              "id": {"description": "the number of the run", "type": "integer", "minimum": 1},
              "state": {
                "description": "where the run stands",
                "type": "string",
                "enum": [
                  "running", "succeeded", "failed", "interrupted", "waiting", "partial", "abandoned", "rolled_back"
                ]
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
              }
            }
          },
          "steps": {
            "description": "every step of the plan",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["id", "state", "attempts", "exit_code", "duration_ms", "reason"],
              "properties": {
                "id": {"description": "the step", "type": "string"},
                "state": {
                  "description": "where the step stands",
                  "type": "string",
                  "enum": [
                    "pending", "running", "succeeded", "failed", "skipped", "blocked", "waiting", "in_doubt",
                    "cancelled", "rolled_back"
                  ]
                },
                "attempts": {"description": "how often it was tried in this run", "type": "integer", "minimum": 0},
                "exit_code": {"description": "of the last attempt", "type": ["integer", "null"]},
                "duration_ms": {
                  "description": "of the last attempt, in milliseconds",
                  "type": ["integer", "null"],
                  "minimum": 0
                },
                "resources": {
                  "description": "what the last attempt used: CPU time in milliseconds, memory and traffic of disks in bytes; null when nobody counted",
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
                "reason": {"description": "why it stands there", "type": ["string", "null"]},
                "allowed": {"description": "whether it failed and the plan allows that", "type": "boolean"},
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
                "prompt": {"description": "where the prompt is that an agent works on; null if nobody is waited for", "type": ["string", "null"]},
                "handoffs": {
                  "description": "what it has handed off to other agents",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["to", "path"],
                    "properties": {
                      "to": {"description": "the role of the receiver", "type": "string"},
                      "path": {"description": "where the package is", "type": "string"}
                    }
                  }
                }
              }
            }
          },
          "next_command": {
            "description": "the command that goes on from here; null if there is nothing to do",
            "type": ["string", "null"]
          }
        }
      }
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

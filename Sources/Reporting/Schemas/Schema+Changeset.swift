// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `plan --format json`.
  static let changesetText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan change set",
  "description": "What execplan plan --format json writes.",
  "type": "object",
  "required": ["format_version"],
  "anyOf": [
    {"required": ["plan", "title", "digest", "run", "steps", "summary", "next_command"]},
    {"required": ["error"]}
  ],
  "properties": {
    "format_version": {
      "description": "the version of this format: keys are added within a major version, never changed or removed",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "plan": {"description": "the identity of the plan", "type": "string"},
    "title": {"description": "its title", "type": "string"},
    "digest": {
      "description": "the digest of what it does, SHA-256 in hexadecimal digits",
      "type": "string",
      "pattern": "^[0-9a-f]{64}$"
    },
    "run": {"description": "the run that would be continued; null for a new one", "type": ["integer", "null"]},
    "steps": {
      "description": "every step, in an order in which they could run",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "title", "phase", "action", "decision", "reasons", "idempotence", "needs", "until", "labels"],
        "properties": {
          "id": {"description": "the step", "type": "string"},
          "title": {"description": "its title", "type": ["string", "null"]},
          "phase": {"description": "its phase", "type": ["string", "null"]},
          "action": {"description": "the key of the action, or gate for the gate of a phase", "type": "string"},
          "decision": {
            "description": "what will be done",
            "type": "string",
            "enum": ["run", "skip", "wait", "blocked", "in_doubt", "unknown", "conflict"]
          },
          "reasons": {
            "description": "why, the strongest first",
            "type": "array",
            "items": {
              "type": "object",
              "required": ["kind", "detail"],
              "properties": {
                "kind": {
                  "description": "a stable name of the reason",
                  "type": "string",
                  "pattern": "^[a-z][a-z0-9_]*$"
                },
                "detail": {"description": "the reason for people", "type": "string"}
              }
            }
          },
          "idempotence": {
            "description": "what repeating the step does",
            "type": "string",
            "enum": ["convergent", "guarded", "declared", "transactional", "waits", "none"]
          },
          "needs": {"description": "the steps before it", "type": "array", "items": {"type": "string"}},
          "until": {
            "description": "for an unknown decision: the steps whose end decides it",
            "type": "array",
            "items": {"type": "string"}
          },
          "labels": {"description": "names by which it is selected", "type": "array", "items": {"type": "string"}},
          "diff": {
            "description": "with --diff: what the step would change in a file; null if it changes none, or if that is not known yet",
            "type": ["object", "null"],
            "required": ["path", "change", "binary", "omitted_lines", "patch"],
            "properties": {
              "path": {"description": "the file, folder or link", "type": "string"},
              "change": {"description": "what becomes of it", "type": "string", "enum": ["created", "changed", "deleted"]},
              "binary": {"description": "whether what is in it is no text", "type": "boolean"},
              "omitted_lines": {"description": "lines at the end that are left out", "type": "integer", "minimum": 0},
              "patch": {
                "description": "as git diff writes it and git apply reads it, if no lines are omitted; secrets are masked",
                "type": "string"
              }
            }
          }
        }
      }
    },
    "selection": {
      "description": "which steps the options select, in the order of the plan; null when all are",
      "type": ["object", "null"],
      "required": ["selected", "needed", "rerun", "skipped", "left_out"],
      "properties": {
        "selected": {"description": "what is taken in, and why", "$ref": "#/definitions/chosen"},
        "needed": {"description": "not selected, but needed by what is: done already, and why", "$ref": "#/definitions/chosen"},
        "rerun": {"description": "what runs whether it is up to date or not", "$ref": "#/definitions/chosen"},
        "skipped": {"description": "by --skip", "type": "array", "items": {"type": "string"}},
        "left_out": {"description": "all others", "type": "array", "items": {"type": "string"}}
      }
    },
    "summary": {
      "description": "how many steps have each decision; when the plan is invalid, how many findings there are",
      "type": "object",
      "properties": {
        "run": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "skip": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "wait": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "blocked": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "in_doubt": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "unknown": {"description": "steps with this decision", "type": "integer", "minimum": 0},
        "conflict": {"description": "steps with this decision", "type": "integer", "minimum": 0}
      }
    },
    "next_command": {"description": "the command that does what is shown", "type": ["string", "null"]},
    "saved": {
      "description": "with --out: the file in which it was saved",
      "type": "object",
      "required": ["file", "id"],
      "properties": {
        "file": {"description": "its name", "type": "string"},
        "id": {"description": "the id of the saved plan", "type": "string"}
      }
    },
    "valid": {"description": "whether the files hold no error, and with --strict no warning", "type": "boolean"},
    "diagnostics": {
      "description": "the findings, when the plan is invalid, as in diagnostics.schema.json",
      "type": "array",
      "items": {"type": "object"}
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
  },
  "definitions": {
    "chosen": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "why"],
        "properties": {
          "id": {"description": "the step", "type": "string"},
          "why": {"description": "by which option, or by what it is done", "type": "string"}
        }
      }
    }
  }
}

"""##
}

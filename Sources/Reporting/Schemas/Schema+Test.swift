// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `test --format json`.
  static let testText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan test",
  "description": "What execplan test --format json writes.",
  "type": "object",
  "required": ["format_version"],
  "anyOf": [
    {"required": ["plan", "safe", "failure", "steps", "defects", "notes", "copies", "summary", "next_command"]},
    {"required": ["error"]}
  ],
  "properties": {
    "format_version": {
      "description": "the version of this format: keys are added within a major version, never changed or removed",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "plan": {"description": "the plan's file, relative to the project root", "type": "string"},
    "safe": {"description": "whether there are no defects", "type": "boolean"},
    "failure": {"description": "why nothing could be tested", "type": ["string", "null"]},
    "steps": {
      "description": "the steps, in the order of the plan",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["id", "action", "idempotence", "before", "during", "after", "again", "reason"],
        "properties": {
          "id": {"description": "the step", "type": "string"},
          "action": {"description": "what it does", "type": "string"},
          "idempotence": {"description": "its class", "type": "string"},
          "before": {"description": "execplan was killed when the step was claimed", "$ref": "#/definitions/verdict"},
          "during": {"description": "execplan was killed while it was at work", "$ref": "#/definitions/verdict"},
          "after": {"description": "execplan was killed before its end was recorded", "$ref": "#/definitions/verdict"},
          "again": {"description": "the plan was applied once more", "$ref": "#/definitions/verdict"},
          "reason": {"description": "why it was not tested", "type": ["string", "null"]}
        }
      }
    },
    "defects": {
      "description": "why steps are not safe, and what to add",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["kind", "step", "moment", "path", "what", "why", "fix"],
        "properties": {
          "kind": {
            "description": "which defect it is",
            "type": "string",
            "enum": [
              "append", "left_behind", "half_written", "undeclared_output", "wrong_guard", "unstable", "not_repeatable",
              "differs", "fails"
            ]
          },
          "step": {"description": "the step, if that is known", "type": ["string", "null"]},
          "moment": {
            "description": "when execplan was killed; null: it shows without a kill",
            "enum": ["before", "during", "after", null]
          },
          "path": {"description": "where it shows", "type": ["string", "null"]},
          "what": {"description": "what was seen", "type": "string"},
          "why": {"description": "how it comes", "type": "string"},
          "fix": {"description": "what to add to the plan", "type": "string"}
        }
      }
    },
    "notes": {
      "description": "what is no defect",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["step", "text"],
        "properties": {
          "step": {"description": "the step, if it is one", "type": ["string", "null"]},
          "text": {"description": "what was seen", "type": "string"}
        }
      }
    },
    "copies": {
      "description": "the copies of the project",
      "type": "object",
      "required": ["files", "bytes", "left_out", "kept"],
      "properties": {
        "files": {"description": "files in each", "type": "integer", "minimum": 0},
        "bytes": {"description": "their size", "type": "integer", "minimum": 0},
        "left_out": {
          "description": "paths that were not copied, for git ignores them",
          "type": "array",
          "items": {"type": "string"}
        },
        "kept": {"description": "where they are, with --keep", "type": ["string", "null"]}
      }
    },
    "summary": {
      "description": "counts",
      "type": "object",
      "required": ["steps", "untested", "asking", "defects", "kills", "runs", "duration_ms"],
      "properties": {
        "steps": {"description": "steps of the plan", "type": "integer", "minimum": 0},
        "untested": {"description": "steps that were not tested", "type": "integer", "minimum": 0},
        "asking": {"description": "steps of which a person is asked after a kill", "type": "integer", "minimum": 0},
        "defects": {"description": "defects", "type": "integer", "minimum": 0},
        "kills": {"description": "how often execplan was killed", "type": "integer", "minimum": 0},
        "runs": {"description": "how often the plan was carried out", "type": "integer", "minimum": 0},
        "duration_ms": {"description": "how long the test took", "type": "integer", "minimum": 0}
      }
    },
    "next_command": {"description": "what to do next", "type": ["string", "null"]},
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
    "verdict": {
      "description": "untested; same: as if nothing had happened; asks: a person is asked; differs; fails: the run does not come to its end",
      "type": "string",
      "enum": ["untested", "same", "asks", "differs", "fails"]
    }
  }
}

"""##
}

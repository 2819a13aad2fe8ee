// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of what `plan --out` writes.
  static let savedText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan saved plan",
  "description": "What execplan plan --out writes, and execplan apply takes once.",
  "type": "object",
  "additionalProperties": false,
  "required": [
    "execplan_saved_plan", "id", "saved_at", "saved_by", "plan", "options", "params", "profile", "secrets", "journal",
    "steps", "seal"
  ],
  "definitions": {
    "digest": {
      "description": "SHA-256 in hexadecimal digits",
      "type": "string",
      "pattern": "^[0-9a-f]{64}$"
    },
    "names": {"description": "as they were given", "type": "array", "items": {"type": "string"}}
  },
  "properties": {
    "execplan_saved_plan": {"description": "the version of the format; the key tells what the file is", "const": 1},
    "id": {
      "description": "random; a journal takes each id once",
      "type": "string",
      "pattern": "^[0-9a-f]{32}$"
    },
    "saved_at": {"description": "when it was saved, UTC", "type": "string", "pattern": "^[0-9]{4}-.*Z$"},
    "saved_by": {
      "description": "who saved it; a note, and no proof",
      "type": "object",
      "additionalProperties": false,
      "required": ["user", "host"],
      "properties": {
        "user": {"description": "the name of the user", "type": "string"},
        "host": {"description": "the name of the machine", "type": "string"}
      }
    },
    "plan": {
      "description": "which plan it is, and what it said",
      "type": "object",
      "additionalProperties": false,
      "required": ["key", "path", "digest"],
      "properties": {
        "key": {"description": "its id, or else its path", "type": "string"},
        "path": {"description": "its file, relative to the project root", "type": "string"},
        "digest": {"$ref": "#/definitions/digest"}
      }
    },
    "options": {
      "description": "what the command line of plan chose",
      "type": "object",
      "additionalProperties": false,
      "required": ["phase", "only", "from", "until", "skip", "rerun", "force", "changed", "probe"],
      "properties": {
        "phase": {"$ref": "#/definitions/names"},
        "only": {"$ref": "#/definitions/names"},
        "from": {"$ref": "#/definitions/names"},
        "until": {"$ref": "#/definitions/names"},
        "skip": {"$ref": "#/definitions/names"},
        "rerun": {"$ref": "#/definitions/names"},
        "force": {"description": "--force", "type": "boolean"},
        "changed": {
          "description": "what is done about finished steps whose definition changed",
          "type": "string",
          "enum": ["refuse", "rerun", "keep"]
        },
        "on_conflict": {
          "description": "--on-conflict: what is done about what is there already; missing when nothing was said",
          "type": "string",
          "enum": ["adopt", "overwrite", "stop"]
        },
        "rerun_from": {"$ref": "#/definitions/names"},
        "probe": {"description": "--probe: the programs of guards were asked", "type": "boolean"}
      }
    },
    "params": {
      "description": "the parameters of the plan",
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "digest"],
        "properties": {
          "name": {"description": "the parameter", "type": "string"},
          "digest": {"$ref": "#/definitions/digest"},
          "given": {
            "description": "its value, if the command line gave it; others are those of the plan or the profile"
          }
        }
      }
    },
    "profile": {"description": "--profile", "type": ["string", "null"]},
    "secrets": {"description": "the secrets of the plan, by name", "type": "array", "items": {"type": "string"}},
    "journal": {
      "description": "where the record of the plan stood",
      "type": "object",
      "additionalProperties": false,
      "required": ["uuid", "run", "checkpoint", "state"],
      "properties": {
        "uuid": {"description": "of the journal; null: there was none", "type": ["string", "null"]},
        "run": {"description": "the latest run of the plan; null: none", "type": ["integer", "null"]},
        "checkpoint": {
          "description": "the latest checkpoint of any of its runs; null: none",
          "type": ["integer", "null"]
        },
        "state": {"$ref": "#/definitions/digest"}
      }
    },
    "steps": {
      "description": "what was decided about every step",
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "action", "decision", "reasons", "definition", "files"],
        "properties": {
          "id": {"description": "the step", "type": "string"},
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
              "additionalProperties": false,
              "required": ["kind", "detail"],
              "properties": {
                "kind": {"description": "a stable name of the reason", "type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                "detail": {
                  "description": "names of steps, files and the like; null if there are none, or if it could quote data",
                  "type": ["string", "null"]
                }
              }
            }
          },
          "definition": {"$ref": "#/definitions/digest"},
          "files": {
            "description": "the digest of the files that the step reads; null if it reads none, or does not run",
            "type": ["string", "null"],
            "pattern": "^[0-9a-f]{64}$"
          }
        }
      }
    },
    "seal": {
      "description": "the digest of all that stands before it, as execplan writes it",
      "type": "string",
      "pattern": "^[0-9a-f]{64}$"
    }
  }
}

"""##
}

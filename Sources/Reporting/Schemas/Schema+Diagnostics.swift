// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `validate --format json`.
  static let diagnosticsText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan diagnostics",
  "description": "What execplan validate --format json writes.",
  "type": "object",
  "required": ["format_version"],
  "anyOf": [{"required": ["valid", "diagnostics", "summary"]}, {"required": ["error"]}],
  "properties": {
    "format_version": {
      "description": "the version of this format: keys are added within a major version, never changed or removed",
      "type": "string",
      "pattern": "^1\\.[0-9]+$"
    },
    "valid": {"description": "whether the files hold no error, and with --strict no warning", "type": "boolean"},
    "diagnostics": {
      "description": "the findings, by file and place",
      "type": "array",
      "items": {"$ref": "#/definitions/diagnostic"}
    },
    "summary": {
      "description": "how many there are",
      "type": "object",
      "required": ["files", "errors", "warnings", "infos"],
      "properties": {
        "files": {"description": "the files that were read", "type": "integer", "minimum": 0},
        "errors": {"description": "findings of severity error", "type": "integer", "minimum": 0},
        "warnings": {"description": "findings of severity warning", "type": "integer", "minimum": 0},
        "infos": {"description": "findings of severity info", "type": "integer", "minimum": 0}
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
  },
  "definitions": {
    "diagnostic": {
      "type": "object",
      "required": [
        "file", "line", "column", "end_line", "end_column", "severity", "code", "rule", "message", "notes",
        "related", "fix"
      ],
      "properties": {
        "file": {"description": "the path of the file, relative to the project root", "type": "string"},
        "line": {"description": "from 1", "type": "integer", "minimum": 1},
        "column": {"description": "from 1, in Unicode scalars", "type": "integer", "minimum": 1},
        "end_line": {"description": "the line in which the range ends", "type": "integer", "minimum": 1},
        "end_column": {
          "description": "the column after the last one of the range",
          "type": "integer",
          "minimum": 1
        },
        "severity": {"description": "how much it matters", "type": "string", "enum": ["error", "warning", "info"]},
        "code": {"description": "the stable code of the rule", "type": "string", "pattern": "^EP[1-8][0-9]{2}$"},
        "rule": {"description": "the name of the rule", "type": "string", "pattern": "^[a-z0-9-]+$"},
        "message": {"description": "what is wrong", "type": "string"},
        "notes": {"description": "what to do about it", "type": "array", "items": {"type": "string"}},
        "related": {
          "description": "other places that belong to the finding",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["file", "line", "column", "end_line", "end_column", "message"],
            "properties": {
              "file": {"description": "the path of the file, relative to the project root", "type": "string"},
              "line": {"description": "from 1", "type": "integer", "minimum": 1},
              "column": {"description": "from 1, in Unicode scalars", "type": "integer", "minimum": 1},
              "end_line": {"description": "the line in which the range ends", "type": "integer", "minimum": 1},
              "end_column": {
                "description": "the column after the last one of the range",
                "type": "integer",
                "minimum": 1
              },
              "message": {"description": "what is there", "type": "string"}
            }
          }
        },
        "fix": {
          "description": "a repair, if there is one",
          "type": ["object", "null"],
          "required": ["message", "safe", "replacements"],
          "properties": {
            "message": {"description": "what the repair does", "type": "string"},
            "safe": {"description": "whether validate --fix makes it", "type": "boolean"},
            "replacements": {
              "description": "the texts that change",
              "type": "array",
              "items": {
                "type": "object",
                "required": ["line", "column", "end_line", "end_column", "text"],
                "properties": {
                  "line": {"description": "from 1", "type": "integer", "minimum": 1},
                  "column": {"description": "from 1, in Unicode scalars", "type": "integer", "minimum": 1},
                  "end_line": {"description": "the line in which the range ends", "type": "integer", "minimum": 1},
                  "end_column": {
                    "description": "the column after the last one of the range",
                    "type": "integer",
                    "minimum": 1
                  },
                  "text": {"description": "what takes the place of the range", "type": "string"}
                }
              }
            }
          }
        }
      }
    }
  }
}

"""##
}

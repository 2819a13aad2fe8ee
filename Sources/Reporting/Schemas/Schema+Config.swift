// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of `execplan.config.yaml`, draft-07.
  static let configText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan configuration",
  "description": "execplan.config.yaml: what counts for all plans of a project.",
  "type": ["object", "null"],
  "additionalProperties": false,
  "patternProperties": {"^x-": {}},
  "properties": {
    "plans": {
      "description": "patterns of files that are plans because of where they are, relative to the folder of this file",
      "markdownDescription": "Patterns of files that are plans because of where they are, relative to the folder of this file.\n\nExample: `[\"ops/**/*.yaml\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["ops/**/*.yaml"]]
    },
    "exclude": {
      "description": "patterns of files and folders that are read only when they are named, relative to the folder of this file",
      "markdownDescription": "Patterns of files and folders that are read only when they are named, relative to the folder of this file.\n\nExample: `[\"corpus\", \"!corpus/good/**\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["corpus", "!corpus/good/**"]]
    },
    "standard": {
      "description": "how strictly markdown plans are held to the standard of ExecPlans",
      "markdownDescription": "How strictly markdown plans are held to the standard of ExecPlans.\n\nExample: `codex`",
      "type": "string",
      "enum": ["lenient", "codex"],
      "examples": ["codex"]
    },
    "rules": {
      "description": "other severities for rules, by code or name; off leaves their findings out",
      "markdownDescription": "Other severities for rules, by code or name; off leaves their findings out.\n\nExample: `{\"EP401\": \"error\", \"unused-parameter\": \"off\"}`",
      "type": "object",
      "propertyNames": {"pattern": "^([Ee][Pp][1-8][0-9][0-9](-[a-z-]+)?|[A-Za-z][A-Za-z-]*)$"},
      "additionalProperties": {"type": "string", "enum": ["off", "info", "warning", "error"]},
      "examples": [{"EP401": "error", "unused-parameter": "off"}]
    },
    "actions": {
      "description": "folders with programs execplan-action-NAME, relative to the project root",
      "markdownDescription": "Folders with programs execplan-action-NAME, relative to the project root.\n\nExample: `[\"tools/actions\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["tools/actions"]]
    },
    "new": {
      "description": "what execplan new does when it is not told otherwise",
      "markdownDescription": "What execplan new does when it is not told otherwise.\n\nExample: `{\"dir\": \"docs/plans\", \"format\": \"yaml\"}`",
      "type": "object",
      "additionalProperties": false,
      "patternProperties": {"^x-": {}},
      "properties": {
        "dir": {
          "description": "the folder for new plans, relative to the project root",
          "markdownDescription": "The folder for new plans, relative to the project root.\n\nExample: `docs/plans`",
          "type": "string",
          "minLength": 1,
          "examples": ["docs/plans"]
        },
        "format": {
          "description": "the form of new plans",
          "markdownDescription": "The form of new plans.\n\nExample: `yaml`",
          "type": "string",
          "enum": ["md", "yaml"],
          "examples": ["yaml"]
        }
      },
      "examples": [{"dir": "docs/plans", "format": "yaml"}]
    },
    "state_dir": {
      "description": "where journal, locks and logs are kept, relative to the project root; default .execplan",
      "markdownDescription": "Where journal, locks and logs are kept, relative to the project root; default .execplan.\n\nExample: `build/execplan`",
      "type": "string",
      "minLength": 1,
      "examples": ["build/execplan"]
    },
    "require": {
      "description": "headings or phrases that every markdown plan must hold",
      "markdownDescription": "Headings or phrases that every markdown plan must hold.\n\nExample: `[\"Rollback\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["Rollback"]]
    }
  },
  "definitions": {
    "strings": {
      "anyOf": [
        {"type": ["string", "number", "null"], "minLength": 1},
        {"type": "array", "items": {"type": ["string", "number"], "minLength": 1}}
      ]
    }
  }
}

"""##
}

// Written by .ci/embed-schemas; the source is in schemas/.
// swift-format-ignore-file

extension Schema {
  /// The schema of plan files, draft-07.
  static let planText = ##"""
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "execplan plan",
  "description": "A plan that execplan validates, plans, applies and resumes.",
  "type": "object",
  "required": ["execplan", "title", "steps"],
  "additionalProperties": false,
  "patternProperties": {"^x-": {}},
  "properties": {
    "execplan": {
      "description": "the version of the plan format",
      "markdownDescription": "The version of the plan format.\n\nExample: `1`",
      "enum": [1],
      "examples": [1]
    },
    "title": {
      "description": "what the plan is called",
      "markdownDescription": "What the plan is called.\n\nExample: `Nightly TaskFlow load`",
      "type": ["string", "number"],
      "minLength": 1,
      "examples": ["Nightly TaskFlow load"]
    },
    "id": {
      "description": "the identity of the plan; default: its path. With an id the file can be moved",
      "markdownDescription": "The identity of the plan; default: its path. With an id the file can be moved.\n\nExample: `taskflow-load`",
      "$ref": "#/definitions/identifier",
      "examples": ["taskflow-load"]
    },
    "purpose": {
      "description": "what becomes possible by the work, and how to see it",
      "markdownDescription": "What becomes possible by the work, and how to see it.\n\nExample: `Dashboards show yesterday's tasks by 6:00.`",
      "type": ["string", "number"],
      "examples": ["Dashboards show yesterday's tasks by 6:00."]
    },
    "strategy": {
      "description": "whether the work starts from nothing or changes what is there",
      "markdownDescription": "Whether the work starts from nothing or changes what is there.\n\nExample: `brownfield`",
      "type": "string",
      "enum": ["greenfield", "brownfield"],
      "examples": ["brownfield"]
    },
    "order": {
      "description": "listed: each step needs the one above; graph: only needs and files order the steps; default graph",
      "markdownDescription": "Listed: each step needs the one above; graph: only needs and files order the steps; default graph.\n\nExample: `listed`",
      "type": "string",
      "enum": ["listed", "graph"],
      "examples": ["listed"]
    },
    "approval": {
      "description": "what people must agree to with execplan approve: none, the plan before anything of it, or each of its phases before the first of its steps; default none",
      "markdownDescription": "What people must agree to with execplan approve: none, the plan before anything of it, or each of its phases before the first of its steps; default none.\n\nExample: `phases`",
      "type": "string",
      "enum": ["none", "plan", "phases"],
      "examples": ["phases"]
    },
    "params": {
      "description": "values that an invocation may set with --param",
      "markdownDescription": "Values that an invocation may set with --param.\n\nExample: `{\"date\": {\"type\": \"date\", \"required\": true}, \"tasks\": 100000}`",
      "type": "object",
      "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
      "additionalProperties": {"$ref": "#/definitions/param"},
      "examples": [{"date": {"type": "date", "required": true}, "tasks": 100000}]
    },
    "params_files": {
      "description": "files with values for parameters, relative to the project root; later ones win, a profile and flags win over all",
      "markdownDescription": "Files with values for parameters, relative to the project root; later ones win, a profile and flags win over all.\n\nExample: `[\"config/base.yaml\", \"config/${{ params.env }}.yaml\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["config/base.yaml", "config/${{ params.env }}.yaml"]]
    },
    "dotenv": {
      "description": "files with NAME=value lines for the environment of all steps, below env; later ones win",
      "markdownDescription": "Files with NAME=value lines for the environment of all steps, below env; later ones win.\n\nExample: `[\".env\"]`",
      "$ref": "#/definitions/strings",
      "examples": [[".env"]]
    },
    "requires": {
      "description": "what must be there before the first step starts",
      "markdownDescription": "What must be there before the first step starts.\n\nExample: `{\"commands\": [\"python3\"], \"env\": [\"AWS_REGION\"], \"files\": [\"config/x.yaml\"]}`",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "commands": {
          "description": "programs on the search path, or paths of programs",
          "markdownDescription": "Programs on the search path, or paths of programs.\n\nExample: `[\"python3\", \"psql\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["python3", "psql"]]
        },
        "env": {
          "description": "environment variables that are set and not empty",
          "markdownDescription": "Environment variables that are set and not empty.\n\nExample: `[\"AWS_REGION\"]`",
          "anyOf": [
            {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}}
          ],
          "examples": [["AWS_REGION"]]
        },
        "files": {
          "description": "files relative to the project root; a pattern needs one match",
          "markdownDescription": "Files relative to the project root; a pattern needs one match.\n\nExample: `[\"config/x.yaml\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["config/x.yaml"]]
        }
      },
      "examples": [{"commands": ["python3"], "env": ["AWS_REGION"], "files": ["config/x.yaml"]}],
      "patternProperties": {"^x-": {}}
    },
    "env": {
      "description": "environment variables for all steps",
      "markdownDescription": "Environment variables for all steps.\n\nExample: `{\"TZ\": \"UTC\"}`",
      "$ref": "#/definitions/environment",
      "examples": [{"TZ": "UTC"}]
    },
    "secrets": {
      "description": "values that nothing keeps or shows, and where each comes from",
      "markdownDescription": "Values that nothing keeps or shows, and where each comes from. A step gets one when it names it.\n\nExample: `{\"PGPASSWORD\": {\"env\": \"PGPASSWORD\"}}`",
      "type": "object",
      "propertyNames": {"pattern": "^(?!EXECPLAN_)[A-Za-z_][A-Za-z0-9_]*$"},
      "additionalProperties": {"$ref": "#/definitions/secret"},
      "examples": [
        {"PGPASSWORD": {"env": "PGPASSWORD"}, "KEY": {"file": "/run/secrets/key"}, "TOKEN": {"command": ["pass", "show", "token"]}}
      ]
    },
    "databases": {
      "description": "databases that sql actions, checks and defaults name: a SQLite file, or how a PostgreSQL server is reached",
      "markdownDescription": "Databases that sql actions, checks and defaults name: a SQLite file, or how a PostgreSQL server is reached.\n\nExample: `{\"warehouse\": \"sqlite:w.db\", \"shop\": \"postgres://loader@db.example.org/shop\"}`",
      "$ref": "#/definitions/databases",
      "examples": [{"warehouse": "sqlite:w.db", "shop": "postgres://loader@db.example.org/shop"}]
    },
    "defaults": {
      "description": "values for steps that do not say otherwise",
      "markdownDescription": "Values for steps that do not say otherwise.\n\nExample: `{\"timeout\": \"10m\", \"retry\": 2}`",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "shell": {
          "description": "the shell for run texts; default bash -eo pipefail -c",
          "markdownDescription": "The shell for run texts; default bash -eo pipefail -c.\n\nExample: `sh -e -c` · `[\"bash\", \"-euo\", \"pipefail\", \"-c\"]`",
          "$ref": "#/definitions/words",
          "examples": ["sh -e -c", ["bash", "-euo", "pipefail", "-c"]]
        },
        "cwd": {
          "description": "the folder in which the action runs, relative to the project root; default: the root",
          "markdownDescription": "The folder in which the action runs, relative to the project root; default: the root.\n\nExample: `services/api`",
          "type": "string",
          "minLength": 1,
          "examples": ["services/api"]
        },
        "timeout": {
          "description": "how long one attempt may take, its verify checks included",
          "markdownDescription": "How long one attempt may take, its verify checks included.\n\nExample: `10m` · `1h30m`",
          "$ref": "#/definitions/duration",
          "examples": ["10m", "1h30m"]
        },
        "retry": {
          "description": "how often a failed attempt is tried again, after the first",
          "markdownDescription": "How often a failed attempt is tried again, after the first.\n\nExample: `2` · `{\"times\": 4, \"delay\": \"1s\", \"factor\": 2, \"max_delay\": \"30s\"}`",
          "$ref": "#/definitions/retry",
          "examples": [2, {"times": 4, "delay": "1s", "factor": 2, "max_delay": "30s"}]
        },
        "pool": {
          "description": "the pool that caps how many such steps run at once",
          "markdownDescription": "The pool that caps how many such steps run at once.\n\nExample: `db`",
          "type": "string",
          "minLength": 1,
          "examples": ["db"]
        },
        "idempotent": {
          "description": "the author's word on whether repeating the action does no harm",
          "markdownDescription": "The author's word on whether repeating the action does no harm.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "on_interrupt": {
          "description": "what is done when execplan died while the step ran: nobody knows whether its effect happened",
          "markdownDescription": "What is done when execplan died while the step ran: nobody knows whether its effect happened.\n\nExample: `verify`",
          "type": "string",
          "enum": ["ask", "rerun", "verify", "reattach", "fail"],
          "examples": ["verify"]
        },
        "on_conflict": {
          "description": "what is done when what the step makes is there already and is not the plan's",
          "markdownDescription": "What is done when what the step makes is there already and is not the plan's.\n\nExample: `adopt`",
          "type": "string",
          "enum": ["adopt", "overwrite", "stop"],
          "examples": ["adopt"]
        },
        "sync_outputs": {
          "description": "whether outputs are synced to disk before the success is recorded",
          "markdownDescription": "Whether outputs are synced to disk before the success is recorded.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "database": {
          "description": "the database for sql actions and checks that name none",
          "markdownDescription": "The database for sql actions and checks that name none.\n\nExample: `sqlite:data/warehouse.db`",
          "$ref": "#/definitions/database",
          "examples": ["sqlite:data/warehouse.db"]
        }
      },
      "examples": [{"timeout": "10m", "retry": 2}],
      "patternProperties": {"^x-": {}}
    },
    "pools": {
      "description": "how many steps that name the pool may run at once",
      "markdownDescription": "How many steps that name the pool may run at once.\n\nExample: `{\"db\": 1}`",
      "type": "object",
      "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
      "additionalProperties": {
        "type": ["integer", "object"],
        "minimum": 1,
        "additionalProperties": false,
        "required": ["size"],
        "properties": {
          "size": {
            "description": "how many at once",
            "markdownDescription": "How many at once.\n\nExample: `2`",
            "type": "integer",
            "minimum": 1,
            "examples": [2],
            "maximum": 10000
          }
        },
        "maximum": 10000
      },
      "examples": [{"db": 1}]
    },
    "profiles": {
      "description": "named sets of parameters, chosen with --profile",
      "markdownDescription": "Named sets of parameters, chosen with --profile.\n\nExample: `{\"prod\": {\"params\": {\"env\": \"prod\"}}}`",
      "type": "object",
      "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
      "additionalProperties": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "extends": {
            "description": "the profile that this one adds to",
            "markdownDescription": "The profile that this one adds to.\n\nExample: `base`",
            "type": "string",
            "minLength": 1,
            "examples": ["base"]
          },
          "params": {
            "description": "values for parameters",
            "markdownDescription": "Values for parameters.\n\nExample: `{\"env\": \"prod\"}`",
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
            "examples": [{"env": "prod"}]
          },
          "databases": {
            "description": "other places for databases of the plan",
            "markdownDescription": "Other places for databases of the plan.\n\nExample: `{\"warehouse\": \"sqlite:prod.db\"}`",
            "$ref": "#/definitions/databases",
            "examples": [{"warehouse": "sqlite:prod.db"}]
          },
          "env": {
            "description": "environment variables for all steps",
            "markdownDescription": "Environment variables for all steps.\n\nExample: `{\"TZ\": \"UTC\"}`",
            "$ref": "#/definitions/environment",
            "examples": [{"TZ": "UTC"}]
          }
        },
        "patternProperties": {"^x-": {}}
      },
      "examples": [{"prod": {"params": {"env": "prod"}}}]
    },
    "notify": {
      "description": "who is told how a run ended",
      "markdownDescription": "Who is told how a run ended.\n\nExample: `{\"on_failure\": [{\"webhook\": \"https://example.org/hook\"}, {\"email\": \"ops@example.org\"}]}`",
      "type": "object",
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "on_success": {
          "description": "what is done when a run has succeeded",
          "markdownDescription": "What is done when a run has succeeded.\n\nExample: `echo done >> notices.log`",
          "$ref": "#/definitions/notices",
          "examples": ["echo done >> notices.log"]
        },
        "on_failure": {
          "description": "what is done when a run has failed",
          "markdownDescription": "What is done when a run has failed.\n\nExample: `[{\"webhook\": \"https://example.org/hook\"}]`",
          "$ref": "#/definitions/notices",
          "examples": [[{"webhook": "https://example.org/hook"}]]
        },
        "on_waiting": {
          "description": "what is done when a run waits for a person",
          "markdownDescription": "What is done when a run waits for a person.\n\nExample: `{\"email\": \"ops@example.org\"}`",
          "$ref": "#/definitions/notices",
          "examples": [{"email": "ops@example.org"}]
        }
      },
      "examples": [{"on_failure": [{"webhook": "https://example.org/hook"}, {"email": "ops@example.org"}]}]
    },
    "run_key": {
      "description": "parameters whose values make a run, a lock and a history of their own",
      "markdownDescription": "Parameters whose values make a run, a lock and a history of their own.\n\nExample: `date`",
      "$ref": "#/definitions/strings",
      "examples": ["date"]
    },
    "timeout": {
      "description": "how long the whole run may take",
      "markdownDescription": "How long the whole run may take.\n\nExample: `2h`",
      "$ref": "#/definitions/duration",
      "examples": ["2h"]
    },
    "resources": {
      "description": "who and what the work needs",
      "markdownDescription": "Who and what the work needs.\n\nExample: `{\"team\": [{\"role\": \"data engineer\", \"fte\": 1}], \"budget\": \"2000 EUR\"}`",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "team": {
          "description": "the roles and how much of each",
          "markdownDescription": "The roles and how much of each.\n\nExample: `[{\"role\": \"data engineer\", \"fte\": 1}]`",
          "type": "array",
          "items": {
            "type": ["string", "object"],
            "additionalProperties": false,
            "required": ["role"],
            "properties": {
              "role": {
                "description": "the role",
                "markdownDescription": "The role.\n\nExample: `data engineer`",
                "type": ["string", "number"],
                "minLength": 1,
                "examples": ["data engineer"]
              },
              "fte": {
                "description": "full-time equivalents",
                "markdownDescription": "Full-time equivalents.\n\nExample: `0.5`",
                "type": ["number", "string"],
                "examples": [0.5]
              }
            },
            "patternProperties": {"^x-": {}}
          },
          "examples": [[{"role": "data engineer", "fte": 1}]]
        },
        "infrastructure": {
          "description": "machines and services",
          "markdownDescription": "Machines and services.\n\nExample: `[\"postgres 15\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["postgres 15"]]
        },
        "budget": {
          "description": "what it may cost",
          "markdownDescription": "What it may cost.\n\nExample: `2000 EUR`",
          "type": ["string", "number"],
          "examples": ["2000 EUR"]
        }
      },
      "examples": [{"team": [{"role": "data engineer", "fte": 1}], "budget": "2000 EUR"}],
      "patternProperties": {"^x-": {}}
    },
    "success_factors": {
      "description": "what makes the work a success",
      "markdownDescription": "What makes the work a success.\n\nExample: `[\"Dashboards under 500 ms\"]`",
      "$ref": "#/definitions/strings",
      "examples": [["Dashboards under 500 ms"]]
    },
    "risks": {
      "description": "what may go wrong",
      "markdownDescription": "What may go wrong.\n\nExample: `[{\"risk\": \"Source schema drifts\", \"likelihood\": \"medium\", \"impact\": \"high\", \"mitigation\": \"contract check\"}]`",
      "type": "array",
      "items": {
        "type": ["string", "object"],
        "additionalProperties": false,
        "required": ["risk"],
        "properties": {
          "risk": {
            "description": "what may go wrong",
            "markdownDescription": "What may go wrong.\n\nExample: `Source schema drifts`",
            "type": ["string", "number"],
            "minLength": 1,
            "examples": ["Source schema drifts"]
          },
          "likelihood": {
            "description": "how likely it is",
            "markdownDescription": "How likely it is.\n\nExample: `medium`",
            "type": ["string", "number"],
            "examples": ["medium"]
          },
          "impact": {
            "description": "how bad it would be",
            "markdownDescription": "How bad it would be.\n\nExample: `high`",
            "type": ["string", "number"],
            "examples": ["high"]
          },
          "mitigation": {
            "description": "what is done about it",
            "markdownDescription": "What is done about it.\n\nExample: `contract check`",
            "type": ["string", "number"],
            "examples": ["contract check"]
          }
        },
        "patternProperties": {"^x-": {}}
      },
      "examples": [
        [{"risk": "Source schema drifts", "likelihood": "medium", "impact": "high", "mitigation": "contract check"}]
      ]
    },
    "milestones": {
      "description": "points that the work passes",
      "markdownDescription": "Points that the work passes.\n\nExample: `[{\"name\": \"First load\", \"date\": \"2026-12-01\", \"criteria\": \"row counts match\"}]`",
      "type": "array",
      "items": {
        "type": ["string", "object"],
        "additionalProperties": false,
        "required": ["name"],
        "properties": {
          "name": {
            "description": "what the milestone is called",
            "markdownDescription": "What the milestone is called.\n\nExample: `First load`",
            "type": ["string", "number"],
            "minLength": 1,
            "examples": ["First load"]
          },
          "date": {
            "description": "when it is due",
            "markdownDescription": "When it is due.\n\nExample: `2026-12-01`",
            "type": ["string", "number"],
            "examples": ["2026-12-01"]
          },
          "criteria": {
            "description": "how to see that it is reached",
            "markdownDescription": "How to see that it is reached.\n\nExample: `row counts match`",
            "examples": ["row counts match"],
            "type": ["string", "number"]
          }
        },
        "patternProperties": {"^x-": {}}
      },
      "examples": [[{"name": "First load", "date": "2026-12-01", "criteria": "row counts match"}]]
    },
    "calendar": {
      "description": "how much working time a day, a week and a sprint hold",
      "markdownDescription": "How much working time a day, a week and a sprint hold.\n\nExample: `{\"day\": \"8h\", \"week\": \"5d\", \"sprint\": \"2w\"}`",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "day": {
          "description": "the hours of a working day",
          "markdownDescription": "The hours of a working day.\n\nExample: `8h`",
          "type": "string",
          "pattern": "^([0-9]+(ms|s|m|h|d))+$",
          "examples": ["8h"]
        },
        "week": {
          "description": "the days of a working week",
          "markdownDescription": "The days of a working week.\n\nExample: `5d`",
          "type": "string",
          "pattern": "^[1-7]d$",
          "examples": ["5d"]
        },
        "sprint": {
          "description": "the weeks of a sprint",
          "markdownDescription": "The weeks of a sprint.\n\nExample: `2w`",
          "type": "string",
          "pattern": "^([1-9]|1[0-2])w$",
          "examples": ["2w"]
        }
      },
      "examples": [{"day": "8h", "week": "5d", "sprint": "2w"}]
    },
    "values": {
      "description": "what the plan shows to one that calls it, by name",
      "markdownDescription": "What the plan shows to one that calls it, by name.\n\nExample: `{\"url\": \"${{ steps.deploy.values.url }}\"}`",
      "type": "object",
      "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
      "additionalProperties": {"type": ["string", "number", "boolean"]},
      "examples": [{"url": "${{ steps.deploy.values.url }}"}]
    },
    "phases": {
      "description": "named groups of steps, in the order in which they run",
      "markdownDescription": "Named groups of steps, in the order in which they run.\n\nExample: `[{\"id\": \"extract\", \"title\": \"Extract\"}]`",
      "type": "array",
      "items": {"$ref": "#/definitions/phase"},
      "examples": [[{"id": "extract", "title": "Extract"}]]
    },
    "steps": {
      "description": "the work: each step has an id and one action",
      "markdownDescription": "The work: each step has an id and one action.\n\nExample: `[{\"id\": \"build\", \"run\": \"make\"}]`",
      "type": "array",
      "items": {"$ref": "#/definitions/step"},
      "examples": [[{"id": "build", "run": "make"}]],
      "minItems": 1
    },
    "finally": {
      "description": "steps that run at the end of every invocation, after success and failure",
      "markdownDescription": "Steps that run at the end of every invocation, after success and failure.\n\nExample: `[{\"id\": \"stop_db\", \"run\": \"docker stop db\", \"undoes\": [\"start_db\"]}]`",
      "type": "array",
      "items": {"$ref": "#/definitions/step"},
      "examples": [[{"id": "stop_db", "run": "docker stop db", "undoes": ["start_db"]}]]
    }
  },
  "definitions": {
    "identifier": {"type": ["string", "number"], "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
    "strings": {"type": ["string", "number", "array"], "items": {"type": ["string", "number", "boolean"]}},
    "duration": {"type": "string", "pattern": "^([0-9]+(ms|s|m|h|d))+$"},
    "estimate": {"type": "string", "pattern": "[0-9]"},
    "size": {"type": ["string", "integer"], "pattern": "^[0-9]+ ?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)?$", "minimum": 0},
    "someStrings": {
      "type": ["string", "number", "array"],
      "minItems": 1,
      "items": {"type": ["string", "number", "boolean"]}
    },
    "exitCodes": {
      "type": ["integer", "array"],
      "minimum": 0,
      "maximum": 255,
      "minItems": 1,
      "items": {"type": "integer", "minimum": 0, "maximum": 255}
    },
    "words": {"type": ["string", "array"], "minLength": 1, "minItems": 1, "items": {"type": "string"}},
    "sha256": {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"},
    "database": {
      "type": "string",
      "pattern": "^(sqlite:.+|postgres(ql)?:.*|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$"
    },
    "databases": {
      "type": "object",
      "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
      "additionalProperties": {
        "type": ["string", "object"],
        "pattern": "^(sqlite:.+|postgres(ql)?:.*)$",
        "additionalProperties": false,
        "required": ["postgres"],
        "properties": {
          "postgres": {
            "description": "how a PostgreSQL server is reached; what is left out, the PG… variables and the files of libpq say",
            "markdownDescription": "How a PostgreSQL server is reached; what is left out, the PG… variables and the files of libpq say.\n\nExample: `{\"host\": \"db.example.org\", \"dbname\": \"shop\", \"password\": \"${{ secrets.PGPASSWORD }}\"}`",
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "host": {
                "description": "the name or address of the server, or the folder of its socket",
                "markdownDescription": "The name or address of the server, or the folder of its socket.\n\nExample: `db.example.org` · `/var/run/postgresql`",
                "type": "string",
                "examples": ["db.example.org", "/var/run/postgresql"]
              },
              "hostaddr": {
                "description": "the numeric address of the server",
                "markdownDescription": "The numeric address of the server.\n\nExample: `192.0.2.7`",
                "type": "string",
                "examples": ["192.0.2.7"]
              },
              "port": {
                "description": "the port; default 5432",
                "markdownDescription": "The port; default 5432.\n\nExample: `5432`",
                "type": ["string", "integer"],
                "minimum": 1,
                "maximum": 65535,
                "pattern": "^[0-9,]*$|\\$\\{\\{",
                "examples": [5432]
              },
              "dbname": {
                "description": "the database; default: the name of the user",
                "markdownDescription": "The database; default: the name of the user.\n\nExample: `shop`",
                "type": "string",
                "examples": ["shop"]
              },
              "database": {
                "description": "another word for dbname",
                "markdownDescription": "Another word for dbname.\n\nExample: `shop`",
                "type": "string",
                "examples": ["shop"]
              },
              "user": {
                "description": "the role; default: the user of the system",
                "markdownDescription": "The role; default: the user of the system.\n\nExample: `loader`",
                "type": "string",
                "examples": ["loader"]
              },
              "password": {
                "description": "the password, from a secret",
                "markdownDescription": "The password, from a secret.\n\nExample: `${{ secrets.PGPASSWORD }}`",
                "type": "string",
                "pattern": "\\$\\{\\{",
                "examples": ["${{ secrets.PGPASSWORD }}"]
              },
              "passfile": {
                "description": "a file with passwords; default ~/.pgpass",
                "markdownDescription": "A file with passwords; default ~/.pgpass.\n\nExample: `/run/secrets/pgpass`",
                "type": "string",
                "examples": ["/run/secrets/pgpass"]
              },
              "service": {
                "description": "a section of the service file, which then says everything",
                "markdownDescription": "A section of the service file, which then says everything.\n\nExample: `shop`",
                "type": "string",
                "examples": ["shop"]
              },
              "servicefile": {
                "description": "the service file; default ~/.pg_service.conf",
                "markdownDescription": "The service file; default ~/.pg_service.conf.\n\nExample: `conf/pg_service.conf`",
                "type": "string",
                "examples": ["conf/pg_service.conf"]
              },
              "options": {
                "description": "options for the server process",
                "markdownDescription": "Options for the server process.\n\nExample: `-c search_path=app`",
                "type": "string",
                "examples": ["-c search_path=app"]
              },
              "application_name": {
                "description": "what the server calls the session",
                "markdownDescription": "What the server calls the session.\n\nExample: `nightly load`",
                "type": "string",
                "examples": ["nightly load"]
              },
              "connect_timeout": {
                "description": "seconds to wait for a connection",
                "markdownDescription": "Seconds to wait for a connection.\n\nExample: `10`",
                "type": ["string", "integer"],
                "minimum": 0,
                "pattern": "^[0-9]+$|\\$\\{\\{",
                "examples": [10]
              },
              "target_session_attrs": {
                "description": "which of several servers will do",
                "markdownDescription": "Which of several servers will do.\n\nExample: `read-write`",
                "type": "string",
                "examples": ["read-write"]
              },
              "sslmode": {
                "description": "how far the connection is protected",
                "markdownDescription": "How far the connection is protected.\n\nExample: `verify-full`",
                "type": "string",
                "pattern": "^(disable|allow|prefer|require|verify-ca|verify-full)$|\\$\\{\\{",
                "examples": ["verify-full"]
              },
              "sslcert": {
                "description": "the file of the client's certificate",
                "markdownDescription": "The file of the client's certificate.\n\nExample: `conf/client.crt`",
                "type": "string",
                "examples": ["conf/client.crt"]
              },
              "sslkey": {
                "description": "the file of the client's key",
                "markdownDescription": "The file of the client's key.\n\nExample: `conf/client.key`",
                "type": "string",
                "examples": ["conf/client.key"]
              },
              "sslrootcert": {
                "description": "the file of the authorities that are trusted",
                "markdownDescription": "The file of the authorities that are trusted.\n\nExample: `conf/ca.crt`",
                "type": "string",
                "examples": ["conf/ca.crt"]
              },
              "sslcrl": {
                "description": "the file of certificates that are revoked",
                "markdownDescription": "The file of certificates that are revoked.\n\nExample: `conf/ca.crl`",
                "type": "string",
                "examples": ["conf/ca.crl"]
              },
              "sslcrldir": {
                "description": "the folder of certificates that are revoked",
                "markdownDescription": "The folder of certificates that are revoked.\n\nExample: `conf/crl`",
                "type": "string",
                "examples": ["conf/crl"]
              },
              "sslsni": {
                "description": "1: the name of the host is sent in clear; default 1",
                "markdownDescription": "1: the name of the host is sent in clear; default 1.\n\nExample: `1`",
                "type": ["string", "integer"],
                "examples": [1]
              },
              "sslcompression": {
                "description": "1: data are compressed where both sides can",
                "markdownDescription": "1: data are compressed where both sides can.\n\nExample: `0`",
                "type": ["string", "integer"],
                "examples": [0]
              },
              "ssl_min_protocol_version": {
                "description": "the oldest TLS that will do",
                "markdownDescription": "The oldest TLS that will do.\n\nExample: `TLSv1.2`",
                "type": "string",
                "examples": ["TLSv1.2"]
              },
              "ssl_max_protocol_version": {
                "description": "the newest TLS that will do",
                "markdownDescription": "The newest TLS that will do.\n\nExample: `TLSv1.3`",
                "type": "string",
                "examples": ["TLSv1.3"]
              },
              "channel_binding": {
                "description": "whether the password is bound to the channel",
                "markdownDescription": "Whether the password is bound to the channel.\n\nExample: `require`",
                "type": "string",
                "examples": ["require"]
              },
              "requirepeer": {
                "description": "the user of the system that the server must run as",
                "markdownDescription": "The user of the system that the server must run as.\n\nExample: `postgres`",
                "type": "string",
                "examples": ["postgres"]
              },
              "gssencmode": {
                "description": "whether GSSAPI protects the connection",
                "markdownDescription": "Whether GSSAPI protects the connection.\n\nExample: `disable`",
                "type": "string",
                "examples": ["disable"]
              },
              "krbsrvname": {
                "description": "the Kerberos service",
                "markdownDescription": "The Kerberos service.\n\nExample: `postgres`",
                "type": "string",
                "examples": ["postgres"]
              },
              "gsslib": {
                "description": "the library for GSSAPI",
                "markdownDescription": "The library for GSSAPI.\n\nExample: `gssapi`",
                "type": "string",
                "examples": ["gssapi"]
              }
            },
            "examples": [{"host": "db.example.org", "dbname": "shop", "password": "${{ secrets.PGPASSWORD }}"}]
          }
        }
      }
    },
    "environment": {
      "type": "object",
      "propertyNames": {"pattern": "^(?!EXECPLAN_)[A-Za-z_][A-Za-z0-9_]*$"},
      "additionalProperties": {"type": ["string", "number", "boolean", "null"]}
    },
    "secret": {
      "type": "object",
      "additionalProperties": false,
      "anyOf": [{"required": ["env"]}, {"required": ["file"]}, {"required": ["command"]}],
      "dependencies": {
        "env": {"properties": {"file": false, "command": false}},
        "file": {"properties": {"env": false, "command": false}},
        "command": {"properties": {"env": false, "file": false}}
      },
      "properties": {
        "env": {
          "description": "the environment variable that holds the value",
          "markdownDescription": "The environment variable that holds the value.\n\nExample: `PGPASSWORD`",
          "type": "string",
          "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
          "examples": ["PGPASSWORD"]
        },
        "file": {
          "description": "the file that holds the value, relative to the project root; one line end is cut off",
          "markdownDescription": "The file that holds the value, relative to the project root; one line end is cut off.\n\nExample: `/run/secrets/key`",
          "type": "string",
          "minLength": 1,
          "examples": ["/run/secrets/key"]
        },
        "command": {
          "description": "the program that prints the value, and its arguments; no shell, 30 seconds",
          "markdownDescription": "The program that prints the value, and its arguments; no shell, 30 seconds.\n\nExample: `[\"pass\", \"show\", \"token\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["pass", "show", "token"]]
        },
        "optional": {
          "description": "whether the plan can do without it; default false",
          "markdownDescription": "Whether the plan can do without it; default false. `has(secrets.NAME)` says whether it is there.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      }
    },
    "comparison": {
      "type": ["string", "number", "boolean", "null", "object"],
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "eq": {
          "description": "true if the value is equal to this",
          "markdownDescription": "True if the value is equal to this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "ne": {
          "description": "true if the value is not equal to this",
          "markdownDescription": "True if the value is not equal to this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "lt": {
          "description": "true if the value is less than this",
          "markdownDescription": "True if the value is less than this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "le": {
          "description": "true if the value is less than or equal to this",
          "markdownDescription": "True if the value is less than or equal to this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "gt": {
          "description": "true if the value is greater than this",
          "markdownDescription": "True if the value is greater than this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "ge": {
          "description": "true if the value is greater than or equal to this",
          "markdownDescription": "True if the value is greater than or equal to this.\n\nExample: `100`",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        },
        "in": {
          "description": "true if the value is one of these",
          "markdownDescription": "True if the value is one of these.\n\nExample: `[100]`",
          "type": "array",
          "minItems": 1,
          "items": {"type": ["string", "number", "boolean", "null"]},
          "examples": [[100]]
        },
        "contains": {
          "description": "true if the text holds this",
          "markdownDescription": "True if the text holds this.\n\nExample: `rows`",
          "type": ["string", "number"],
          "examples": ["rows"]
        },
        "matches": {
          "description": "true if the regular expression matches somewhere in the text",
          "markdownDescription": "True if the regular expression matches somewhere in the text.\n\nExample: `^id,`",
          "type": "string",
          "examples": ["^id,"]
        },
        "lines": {
          "description": "true if the text consists of these lines; a line ... stands for any number of lines, one that ends in (re) is a regular expression, one that ends in (glob) a pattern",
          "markdownDescription": "True if the text consists of these lines; a line `...` stands for any number of lines, one that ends in ` (re)` is a regular expression, one that ends in ` (glob)` a pattern.\n\nExample: `3 files\n...\n`",
          "type": "string",
          "examples": ["3 files\n...\n"]
        },
        "contains_lines": {
          "description": "true if these lines are found within lines of the text, one after another; marks as in lines",
          "markdownDescription": "True if these lines are found within lines of the text, one after another; marks as in `lines`.\n\nExample: `0 failed`",
          "type": "string",
          "examples": ["0 failed"]
        },
        "equals": {
          "description": "The same as `eq`.",
          "markdownDescription": "The same as `eq`.",
          "type": ["string", "number", "boolean", "null"],
          "examples": [100]
        }
      }
    },
    "durationComparison": {
      "type": ["string", "object"],
      "pattern": "^([0-9]+(ms|s|m|h|d))+$",
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "eq": {
          "description": "true if the value is equal to this",
          "markdownDescription": "True if the value is equal to this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "ne": {
          "description": "true if the value is not equal to this",
          "markdownDescription": "True if the value is not equal to this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "lt": {
          "description": "true if the value is less than this",
          "markdownDescription": "True if the value is less than this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "le": {
          "description": "true if the value is less than or equal to this",
          "markdownDescription": "True if the value is less than or equal to this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "gt": {
          "description": "true if the value is greater than this",
          "markdownDescription": "True if the value is greater than this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "ge": {
          "description": "true if the value is greater than or equal to this",
          "markdownDescription": "True if the value is greater than or equal to this.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        },
        "in": {
          "description": "true if the value is one of these",
          "markdownDescription": "True if the value is one of these.\n\nExample: `[\"500ms\"]`",
          "type": "array",
          "minItems": 1,
          "items": {"$ref": "#/definitions/duration"},
          "examples": [["500ms"]]
        }
      }
    },
    "sizeComparison": {
      "type": ["string", "integer", "object"],
      "pattern": "^[0-9]+ ?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)?$",
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "eq": {
          "description": "true if the value is equal to this",
          "markdownDescription": "True if the value is equal to this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "ne": {
          "description": "true if the value is not equal to this",
          "markdownDescription": "True if the value is not equal to this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "lt": {
          "description": "true if the value is less than this",
          "markdownDescription": "True if the value is less than this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "le": {
          "description": "true if the value is less than or equal to this",
          "markdownDescription": "True if the value is less than or equal to this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "gt": {
          "description": "true if the value is greater than this",
          "markdownDescription": "True if the value is greater than this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "ge": {
          "description": "true if the value is greater than or equal to this",
          "markdownDescription": "True if the value is greater than or equal to this.\n\nExample: `1KB`",
          "$ref": "#/definitions/size",
          "examples": ["1KB"]
        },
        "in": {
          "description": "true if the value is one of these",
          "markdownDescription": "True if the value is one of these.\n\nExample: `[\"1KB\"]`",
          "type": "array",
          "minItems": 1,
          "items": {"$ref": "#/definitions/size"},
          "examples": [["1KB"]]
        }
      }
    },
    "expectation": {
      "type": "object",
      "additionalProperties": false,
      "minProperties": 1,
      "properties": {
        "exit": {
          "description": "the exit codes that are a success; default 0",
          "markdownDescription": "The exit codes that are a success; default 0.\n\nExample: `[0]` · `[0, 3]`",
          "$ref": "#/definitions/exitCodes",
          "examples": [[0], [0, 3]]
        },
        "stdout": {
          "description": "what standard output must be; a plain text means equal",
          "markdownDescription": "What standard output must be; a plain text means equal.\n\nExample: `{\"contains\": \"ok\"}`",
          "$ref": "#/definitions/comparison",
          "examples": [{"contains": "ok"}]
        },
        "stderr": {
          "description": "what standard error must be",
          "markdownDescription": "What standard error must be.\n\nExample: `{\"eq\": \"\"}`",
          "$ref": "#/definitions/comparison",
          "examples": [{"eq": ""}]
        },
        "duration": {
          "description": "how long the attempt may take",
          "markdownDescription": "How long the attempt may take.\n\nExample: `{\"le\": \"5m\"}`",
          "$ref": "#/definitions/durationComparison",
          "examples": [{"le": "5m"}]
        }
      }
    },
    "retry": {
      "type": ["integer", "object"],
      "minimum": 0,
      "additionalProperties": false,
      "properties": {
        "times": {
          "description": "how many more tries there are after the first",
          "markdownDescription": "How many more tries there are after the first.\n\nExample: `3`",
          "type": "integer",
          "minimum": 0,
          "examples": [3],
          "maximum": 1000
        },
        "delay": {
          "description": "the wait before the second try; default 1s",
          "markdownDescription": "The wait before the second try; default 1s.\n\nExample: `1s` · `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["1s", "500ms"]
        },
        "factor": {
          "description": "by how much each wait is longer than the one before; default 2",
          "markdownDescription": "By how much each wait is longer than the one before; default 2.\n\nExample: `2` · `1.5`",
          "type": "number",
          "minimum": 1,
          "examples": [2, 1.5]
        },
        "max_delay": {
          "description": "no wait is longer; default 30s",
          "markdownDescription": "No wait is longer; default 30s.\n\nExample: `30s`",
          "$ref": "#/definitions/duration",
          "examples": ["30s"]
        },
        "max_elapsed": {
          "description": "no further try is begun when this much time has passed since the first",
          "markdownDescription": "No further try is begun when this much time has passed since the first.\n\nExample: `10m`",
          "$ref": "#/definitions/duration",
          "examples": ["10m"]
        },
        "jitter": {
          "description": "whether waits are spread, so that many steps do not come back together; default true",
          "markdownDescription": "Whether waits are spread, so that many steps do not come back together; default true.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "on_exit": {
          "description": "only these exit codes are tried again",
          "markdownDescription": "Only these exit codes are tried again.\n\nExample: `[75]`",
          "$ref": "#/definitions/exitCodes",
          "examples": [[75]]
        },
        "not_on_exit": {
          "description": "these exit codes are not tried again",
          "markdownDescription": "These exit codes are not tried again.\n\nExample: `[64]`",
          "$ref": "#/definitions/exitCodes",
          "examples": [[64]]
        },
        "on_timeout": {
          "description": "whether a timeout is tried again; default true",
          "markdownDescription": "Whether a timeout is tried again; default true.\n\nExample: `false`",
          "type": "boolean",
          "examples": [false]
        }
      },
      "required": ["times"],
      "maximum": 1000
    },
    "runAction": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "required": ["script"],
      "properties": {
        "script": {
          "description": "the text that the interpreter gets",
          "markdownDescription": "The text that the interpreter gets.\n\nExample: `print(\"hello\")`",
          "type": "string",
          "minLength": 1,
          "examples": ["print(\"hello\")"]
        },
        "interpreter": {
          "description": "the program that runs the script, with its arguments; default: the shell of the step",
          "markdownDescription": "The program that runs the script, with its arguments; default: the shell of the step.\n\nExample: `python3` · `[\"bash\", \"-euo\", \"pipefail\", \"-c\"]`",
          "$ref": "#/definitions/words",
          "examples": ["python3", ["bash", "-euo", "pipefail", "-c"]]
        }
      }
    },
    "fileAction": {
      "type": "object",
      "additionalProperties": false,
      "required": ["path"],
      "anyOf": [
        {"required": ["content"]},
        {"required": ["source"]},
        {"required": ["template"]},
        {"required": ["directory"]},
        {"required": ["link"]},
        {"required": ["absent"]},
        {"required": ["mode"]}
      ],
      "dependencies": {
        "content": {
          "properties": {"source": false, "template": false, "directory": false, "link": false, "absent": false}
        },
        "source": {
          "properties": {"content": false, "template": false, "directory": false, "link": false, "absent": false}
        },
        "template": {
          "properties": {"content": false, "source": false, "directory": false, "link": false, "absent": false}
        },
        "directory": {
          "properties": {"content": false, "source": false, "template": false, "link": false, "absent": false}
        },
        "link": {
          "properties": {
            "content": false, "source": false, "template": false, "directory": false, "absent": false, "mode": false
          }
        },
        "absent": {
          "properties": {
            "content": false, "source": false, "template": false, "directory": false, "link": false, "mode": false
          }
        },
        "render": ["source"]
      },
      "properties": {
        "path": {
          "description": "the file, relative to the project root",
          "markdownDescription": "The file, relative to the project root.\n\nExample: `etc/app.conf`",
          "type": "string",
          "minLength": 1,
          "examples": ["etc/app.conf"]
        },
        "content": {
          "description": "the text that the file must hold; expressions are put in",
          "markdownDescription": "The text that the file must hold; expressions are put in.\n\nExample: `\"port = 80\\n\"`",
          "type": ["string", "number", "boolean"],
          "examples": ["port = 80\n"]
        },
        "source": {
          "description": "the file whose content it must have, relative to the project root",
          "markdownDescription": "The file whose content it must have, relative to the project root.\n\nExample: `templates/app.conf`",
          "type": "string",
          "minLength": 1,
          "examples": ["templates/app.conf"]
        },
        "render": {
          "description": "whether the expressions that the source holds are put in",
          "markdownDescription": "Whether the expressions that the source holds are put in.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "template": {
          "description": "the same as source with render: true",
          "markdownDescription": "The same as source with render: true.\n\nExample: `templates/app.conf.tpl`",
          "type": "string",
          "minLength": 1,
          "examples": ["templates/app.conf.tpl"]
        },
        "directory": {
          "description": "the path must be a folder",
          "markdownDescription": "The path must be a folder.\n\nExample: `true`",
          "type": "boolean",
          "enum": [true],
          "examples": [true]
        },
        "link": {
          "description": "the path must be a symbolic link with this target",
          "markdownDescription": "The path must be a symbolic link with this target.\n\nExample: `../shared/app.conf`",
          "type": "string",
          "minLength": 1,
          "examples": ["../shared/app.conf"]
        },
        "absent": {
          "description": "nothing may be at the path",
          "markdownDescription": "Nothing may be at the path.\n\nExample: `true`",
          "type": "boolean",
          "enum": [true],
          "examples": [true]
        },
        "mode": {
          "description": "the permission bits, octal",
          "markdownDescription": "The permission bits, octal.\n\nExample: `0644` · `0755`",
          "type": ["string", "integer"],
          "pattern": "^(0o)?[0-7]{3,4}$",
          "minimum": 0,
          "examples": ["0644", "0755"]
        },
        "allow_outside": {
          "description": "whether the path may lie outside the project; default false",
          "markdownDescription": "Whether the path may lie outside the project; default false.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      }
    },
    "editAction": {
      "type": "object",
      "additionalProperties": false,
      "required": ["path"],
      "dependencies": {
        "line": {"properties": {"block": false, "replace": false}},
        "block": {"properties": {"line": false, "replace": false}},
        "replace": {"properties": {"line": false, "block": false}}
      },
      "anyOf": [{"required": ["line"]}, {"required": ["block"]}, {"required": ["replace"]}],
      "properties": {
        "path": {
          "description": "the text file, relative to the project root",
          "markdownDescription": "The text file, relative to the project root.\n\nExample: `.gitignore`",
          "type": "string",
          "minLength": 1,
          "examples": [".gitignore"]
        },
        "line": {
          "description": "a whole line that must be in the file; it is added at the end",
          "markdownDescription": "A whole line that must be in the file; it is added at the end.\n\nExample: `dist/`",
          "type": ["string", "number", "boolean"],
          "examples": ["dist/"]
        },
        "block": {
          "description": "lines between two marker lines that belong to this step",
          "markdownDescription": "Lines between two marker lines that belong to this step.\n\nExample: `{\"marker\": \"execplan\", \"text\": \"x = 1\\n\"}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["marker"],
          "properties": {
            "marker": {
              "description": "the name in the marker lines",
              "markdownDescription": "The name in the marker lines.\n\nExample: `execplan`",
              "type": "string",
              "minLength": 1,
              "examples": ["execplan"]
            },
            "text": {
              "description": "the lines between the markers; only a block that is to be absent needs none",
              "markdownDescription": "The lines between the markers; only a block that is to be absent needs none.\n\nExample: `\"x = 1\\n\"`",
              "type": ["string", "number", "boolean"],
              "examples": ["x = 1\n"]
            },
            "comment": {
              "description": "what begins a comment in the file; default #",
              "markdownDescription": "What begins a comment in the file; default #.\n\nExample: `#` · `//`",
              "type": "string",
              "minLength": 1,
              "maxLength": 16,
              "examples": ["#", "//"]
            }
          },
          "examples": [{"marker": "execplan", "text": "x = 1\n"}]
        },
        "replace": {
          "description": "a regular expression and what its matches become",
          "markdownDescription": "A regular expression and what its matches become.\n\nExample: `{\"pattern\": \"^port = .*$\", \"with\": \"port = 81\"}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["pattern", "with"],
          "properties": {
            "pattern": {
              "description": "the regular expression",
              "markdownDescription": "The regular expression.\n\nExample: `^port = .*$`",
              "type": "string",
              "minLength": 1,
              "examples": ["^port = .*$"]
            },
            "with": {
              "description": "the text that takes the place of each match; $1 is its first group",
              "markdownDescription": "The text that takes the place of each match; $1 is its first group.\n\nExample: `port = 81`",
              "type": ["string", "number", "boolean"],
              "examples": ["port = 81"]
            }
          },
          "examples": [{"pattern": "^port = .*$", "with": "port = 81"}]
        },
        "ensure": {
          "description": "absent: the line or block must not be there; default present",
          "markdownDescription": "Absent: the line or block must not be there; default present.\n\nExample: `absent`",
          "type": "string",
          "enum": ["present", "absent"],
          "examples": ["absent"]
        },
        "allow_outside": {
          "description": "whether the path may lie outside the project; default false",
          "markdownDescription": "Whether the path may lie outside the project; default false.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      }
    },
    "sqlAction": {
      "type": "object",
      "additionalProperties": false,
      "dependencies": {
        "script": {"properties": {"statements": false, "file": false, "query": false}},
        "statements": {"properties": {"script": false, "file": false, "query": false}},
        "file": {"properties": {"script": false, "statements": false, "query": false}},
        "query": {"properties": {"script": false, "statements": false, "file": false}},
        "rows": ["query"]
      },
      "anyOf": [
        {"required": ["script"]},
        {"required": ["statements"]},
        {"required": ["file"]},
        {"required": ["query"]}
      ],
      "properties": {
        "database": {
          "description": "the database; default: that of defaults",
          "markdownDescription": "The database; default: that of defaults.\n\nExample: `sqlite:data/warehouse.db` · `postgres://loader@db.example.org/shop` · `warehouse`",
          "$ref": "#/definitions/database",
          "examples": ["sqlite:data/warehouse.db", "postgres://loader@db.example.org/shop", "warehouse"]
        },
        "script": {
          "description": "SQL text with any number of statements; expressions become bound parameters",
          "markdownDescription": "SQL text with any number of statements; expressions become bound parameters.\n\nExample: `delete from t; vacuum;`",
          "type": "string",
          "minLength": 1,
          "examples": ["delete from t; vacuum;"]
        },
        "statements": {
          "description": "SQL statements, one each",
          "markdownDescription": "SQL statements, one each.\n\nExample: `[\"create table t (id integer)\"]`",
          "type": ["string", "array"],
          "minItems": 1,
          "items": {"type": "string", "minLength": 1},
          "examples": [["create table t (id integer)"]]
        },
        "file": {
          "description": "a file with SQL statements, relative to the project root",
          "markdownDescription": "A file with SQL statements, relative to the project root.\n\nExample: `sql/star.sql`",
          "type": "string",
          "minLength": 1,
          "examples": ["sql/star.sql"]
        },
        "query": {
          "description": "one statement whose columns become the values of the step",
          "markdownDescription": "One statement whose columns become the values of the step.\n\nExample: `select count(*) as n from t`",
          "type": "string",
          "minLength": 1,
          "examples": ["select count(*) as n from t"]
        },
        "bind": {
          "description": "values for :name in the statements",
          "markdownDescription": "Values for :name in the statements.\n\nExample: `{\"date\": \"${{ params.date }}\"}`",
          "type": "object",
          "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
          "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
          "examples": [{"date": "${{ params.date }}"}]
        },
        "exactly_once": {
          "description": "whether the effect and a token commit together, so that a run has the effect once even after a crash",
          "markdownDescription": "Whether the effect and a token commit together, so that a run has the effect once even after a crash.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "rows": {
          "description": "one: the query must give one row; all: the value rows is a list; default one",
          "markdownDescription": "One: the query must give one row; all: the value rows is a list; default one.\n\nExample: `all`",
          "type": "string",
          "enum": ["one", "all"],
          "examples": ["all"]
        }
      }
    },
    "check": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "properties": {
        "title": {
          "description": "what the check is called in output",
          "markdownDescription": "What the check is called in output.\n\nExample: `the load is complete`",
          "type": ["string", "number"],
          "examples": ["the load is complete"]
        },
        "severity": {
          "description": "whether a false check fails the step or only warns; default error",
          "markdownDescription": "Whether a false check fails the step or only warns; default error.\n\nExample: `warn`",
          "type": "string",
          "enum": ["error", "warn"],
          "examples": ["warn"]
        },
        "exists": {
          "description": "a path or glob that must match something",
          "markdownDescription": "A path or glob that must match something.\n\nExample: `data/raw/*.json` · `{\"glob\": \"data/**/*.csv\", \"min_count\": 3}`",
          "type": ["string", "object"],
          "minLength": 1,
          "additionalProperties": false,
          "required": ["glob"],
          "properties": {
            "glob": {
              "description": "the path or glob, relative to the project root",
              "markdownDescription": "The path or glob, relative to the project root.\n\nExample: `data/**/*.csv`",
              "type": "string",
              "minLength": 1,
              "examples": ["data/**/*.csv"]
            },
            "count": {
              "description": "how many files must match",
              "markdownDescription": "How many files must match.\n\nExample: `{\"ge\": 3}`",
              "$ref": "#/definitions/comparison",
              "examples": [{"ge": 3}]
            },
            "size": {
              "description": "how large every match must be",
              "markdownDescription": "How large every match must be.\n\nExample: `{\"gt\": \"1KB\"}`",
              "$ref": "#/definitions/sizeComparison",
              "examples": [{"gt": "1KB"}]
            },
            "age": {
              "description": "how long ago every match may have changed",
              "markdownDescription": "How long ago every match may have changed.\n\nExample: `{\"le\": \"1d\"}`",
              "$ref": "#/definitions/durationComparison",
              "examples": [{"le": "1d"}]
            },
            "min_count": {
              "description": "at least so many files must match",
              "markdownDescription": "At least so many files must match.\n\nExample: `3`",
              "type": "integer",
              "minimum": 0,
              "examples": [3]
            },
            "min_size": {
              "description": "every match is at least this large",
              "markdownDescription": "Every match is at least this large.\n\nExample: `1KB`",
              "$ref": "#/definitions/size",
              "examples": ["1KB"]
            },
            "max_age": {
              "description": "every match has changed within this time",
              "markdownDescription": "Every match has changed within this time.\n\nExample: `1d`",
              "$ref": "#/definitions/duration",
              "examples": ["1d"]
            }
          },
          "examples": ["data/raw/*.json", {"glob": "data/**/*.csv", "min_count": 3}]
        },
        "file": {
          "description": "a file whose content is checked",
          "markdownDescription": "A file whose content is checked.\n\nExample: `{\"path\": \"out.csv\", \"contains\": \"id,\"}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["path"],
          "anyOf": [
            {"required": ["contains"]},
            {"required": ["matches"]},
            {"required": ["eq"]},
            {"required": ["ne"]},
            {"required": ["sha256"]}
          ],
          "properties": {
            "path": {
              "description": "the file, relative to the project root",
              "markdownDescription": "The file, relative to the project root.\n\nExample: `out.csv`",
              "type": "string",
              "minLength": 1,
              "examples": ["out.csv"]
            },
            "contains": {
              "description": "a text that the file must hold",
              "markdownDescription": "A text that the file must hold.\n\nExample: `id,`",
              "type": ["string", "number"],
              "examples": ["id,"]
            },
            "matches": {
              "description": "a regular expression that must match somewhere in the file",
              "markdownDescription": "A regular expression that must match somewhere in the file.\n\nExample: `^id,`",
              "type": "string",
              "examples": ["^id,"]
            },
            "eq": {
              "description": "the whole text of the file",
              "markdownDescription": "The whole text of the file.\n\nExample: `\"ok\\n\"`",
              "type": ["string", "number", "boolean"],
              "examples": ["ok\n"]
            },
            "sha256": {
              "description": "the SHA-256 digest of the file, 64 hexadecimal digits",
              "markdownDescription": "The SHA-256 digest of the file, 64 hexadecimal digits.\n\nExample: `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`",
              "$ref": "#/definitions/sha256",
              "examples": ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
            },
            "ne": {
              "description": "The whole content may not be this.",
              "markdownDescription": "The whole content may not be this.",
              "type": ["string", "number", "boolean"],
              "examples": ["\n"]
            }
          },
          "examples": [{"path": "out.csv", "contains": "id,"}]
        },
        "run": {
          "description": "shell text that must exit with 0",
          "markdownDescription": "Shell text that must exit with 0.\n\nExample: `test -s out.csv` · `{\"script\": \"./probe\", \"expect\": {\"exit\": [0]}}`",
          "type": ["string", "object"],
          "minLength": 1,
          "additionalProperties": false,
          "required": ["script"],
          "properties": {
            "script": {
              "description": "the shell text",
              "markdownDescription": "The shell text.\n\nExample: `./probe`",
              "type": "string",
              "minLength": 1,
              "examples": ["./probe"]
            },
            "expect": {
              "description": "what the program must show",
              "markdownDescription": "What the program must show.\n\nExample: `{\"exit\": [0]}`",
              "$ref": "#/definitions/expectation",
              "examples": [{"exit": [0]}]
            }
          },
          "examples": ["test -s out.csv", {"script": "./probe", "expect": {"exit": [0]}}]
        },
        "sql": {
          "description": "a query whose single value is compared",
          "markdownDescription": "A query whose single value is compared.\n\nExample: `{\"database\": \"sqlite:w.db\", \"query\": \"select count(*) from t\", \"expect\": {\"value\": {\"ge\": 100}}}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["query"],
          "properties": {
            "database": {
              "description": "the database; default: that of defaults",
              "markdownDescription": "The database; default: that of defaults.\n\nExample: `sqlite:data/warehouse.db` · `postgres://loader@db.example.org/shop` · `warehouse`",
              "$ref": "#/definitions/database",
              "examples": ["sqlite:data/warehouse.db", "postgres://loader@db.example.org/shop", "warehouse"]
            },
            "query": {
              "description": "one statement that gives one row with one column",
              "markdownDescription": "One statement that gives one row with one column.\n\nExample: `select count(*) from t`",
              "type": "string",
              "minLength": 1,
              "examples": ["select count(*) from t"]
            },
            "expect": {
              "description": "what the value must be, and how long the query may take",
              "markdownDescription": "What the value must be, and how long the query may take.\n\nExample: `{\"value\": {\"ge\": 100}}`",
              "type": ["string", "number", "boolean", "null", "object"],
              "additionalProperties": false,
              "minProperties": 1,
              "properties": {
                "value": {
                  "description": "what the value must be; a plain value means equal",
                  "markdownDescription": "What the value must be; a plain value means equal.\n\nExample: `0` · `{\"ge\": 100}`",
                  "$ref": "#/definitions/comparison",
                  "examples": [0, {"ge": 100}]
                },
                "duration": {
                  "description": "how long the query may take",
                  "markdownDescription": "How long the query may take.\n\nExample: `{\"le\": \"500ms\"}`",
                  "$ref": "#/definitions/durationComparison",
                  "examples": [{"le": "500ms"}]
                },
                "eq": {
                  "description": "true if the value is equal to this",
                  "markdownDescription": "True if the value is equal to this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "ne": {
                  "description": "true if the value is not equal to this",
                  "markdownDescription": "True if the value is not equal to this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "lt": {
                  "description": "true if the value is less than this",
                  "markdownDescription": "True if the value is less than this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "le": {
                  "description": "true if the value is less than or equal to this",
                  "markdownDescription": "True if the value is less than or equal to this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "gt": {
                  "description": "true if the value is greater than this",
                  "markdownDescription": "True if the value is greater than this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "ge": {
                  "description": "true if the value is greater than or equal to this",
                  "markdownDescription": "True if the value is greater than or equal to this.\n\nExample: `100`",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                },
                "in": {
                  "description": "true if the value is one of these",
                  "markdownDescription": "True if the value is one of these.\n\nExample: `[100]`",
                  "type": "array",
                  "minItems": 1,
                  "items": {"type": ["string", "number", "boolean", "null"]},
                  "examples": [[100]]
                },
                "contains": {
                  "description": "true if the text holds this",
                  "markdownDescription": "True if the text holds this.\n\nExample: `rows`",
                  "type": ["string", "number"],
                  "examples": ["rows"]
                },
                "matches": {
                  "description": "true if the regular expression matches somewhere in the text",
                  "markdownDescription": "True if the regular expression matches somewhere in the text.\n\nExample: `^id,`",
                  "type": "string",
                  "examples": ["^id,"]
                },
                "equals": {
                  "description": "The same as `eq`.",
                  "markdownDescription": "The same as `eq`.",
                  "type": ["string", "number", "boolean", "null"],
                  "examples": [100]
                }
              },
              "examples": [{"value": {"ge": 100}}]
            }
          },
          "examples": [
            {"database": "sqlite:w.db", "query": "select count(*) from t", "expect": {"value": {"ge": 100}}}
          ]
        },
        "table": {
          "description": "expectations about the rows of a table or of a CSV file",
          "markdownDescription": "Expectations about the rows of a table or of a CSV file.\n\nExample: `{\"csv\": \"data/flights.csv\", \"checks\": [{\"not_null\": [\"id\"]}]}`",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "database": {
              "description": "the database; default: that of defaults",
              "markdownDescription": "The database; default: that of defaults.\n\nExample: `sqlite:data/warehouse.db`",
              "$ref": "#/definitions/database",
              "examples": ["sqlite:data/warehouse.db"]
            },
            "table": {
              "description": "the table, with its schema or without; of a CSV file: its name in SQL",
              "markdownDescription": "The table, with its schema or without; of a CSV file: its name in SQL.\n\nExample: `orders` · `public.orders`",
              "$ref": "#/definitions/name",
              "examples": ["orders", "public.orders"]
            },
            "csv": {
              "description": "a file of records, instead of a table of a database",
              "markdownDescription": "A file of records, instead of a table of a database.\n\nExample: `data/flights.csv`",
              "type": "string",
              "minLength": 1,
              "examples": ["data/flights.csv"]
            },
            "header": {
              "description": "whether the first line of the file names the columns; default true",
              "markdownDescription": "Whether the first line of the file names the columns; default true.\n\nExample: `false`",
              "type": "boolean",
              "examples": [false]
            },
            "delimiter": {
              "description": "the character between two fields of the file; default a comma",
              "markdownDescription": "The character between two fields of the file; default a comma.\n\nExample: `;` · `\t`",
              "type": "string",
              "minLength": 1,
              "maxLength": 1,
              "pattern": "^[^\"\\r\\n]$",
              "examples": [";", "\t"]
            },
            "nulls": {
              "description": "fields without quotes that stand for no value; default: nothing between two delimiters",
              "markdownDescription": "Fields without quotes that stand for no value; default: nothing between two delimiters.\n\nExample: `[\"\", \"NA\"]`",
              "anyOf": [{"type": ["string", "number", "null"]}, {"type": "array", "items": {"type": ["string", "number", "null"]}}],
              "examples": [["", "NA"]]
            },
            "where": {
              "description": "an SQL condition: only rows for which it is true are looked at",
              "markdownDescription": "An SQL condition: only rows for which it is true are looked at.\n\nExample: `status <> 'deleted'`",
              "type": "string",
              "minLength": 1,
              "examples": ["status <> 'deleted'"]
            },
            "checks": {
              "description": "what is expected",
              "markdownDescription": "What is expected.\n\nExample: `[{\"not_null\": [\"id\"]}, {\"unique\": [\"id\"]}]`",
              "anyOf": [
              {"$ref": "#/definitions/tableExpectation"},
              {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/tableExpectation"}}
            ],
              "examples": [[{"not_null": ["id"]}, {"unique": ["id"]}]]
            },
            "profile": {
              "description": "whether the values of all columns, or of these, are described in the output",
              "markdownDescription": "Whether the values of all columns, or of these, are described in the output.\n\nExample: `true` · `[\"price\", \"origin\"]`",
              "type": ["boolean", "string", "array"],
              "minLength": 1,
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/definitions/name"},
              "examples": [true, ["price", "origin"]]
            },
            "min_score": {
              "description": "the least good score, from 0 to 1",
              "markdownDescription": "The least good score, from 0 to 1.\n\nExample: `0.95`",
              "$ref": "#/definitions/share",
              "examples": [0.95]
            },
            "samples": {
              "description": "how many bad rows of a check are shown; default 5",
              "markdownDescription": "How many bad rows of a check are shown; default 5.\n\nExample: `10`",
              "type": "integer",
              "minimum": 0,
              "maximum": 20,
              "examples": [10]
            }
          },
          "anyOf": [{"required": ["checks"]}, {"required": ["profile"]}],
          "dependencies": {
            "csv": {"properties": {"database": false}},
            "min_score": ["checks"],
            "header": ["csv"],
            "delimiter": ["csv"],
            "nulls": ["csv"]
          },
          "examples": [{"csv": "data/flights.csv", "checks": [{"not_null": ["id"]}]}]
        },
        "http": {
          "description": "a request whose response must be as expected",
          "markdownDescription": "A request whose response must be as expected.\n\nExample: `http://127.0.0.1:8080/health` · `{\"url\": \"http://127.0.0.1:8080/health\", \"expect\": {\"json\": {\"/status\": \"ok\"}}}`",
          "type": ["string", "object"],
          "pattern": "^([hH][tT][tT][pP][sS]?://|\\$\\{\\{)",
          "additionalProperties": false,
          "required": ["url"],
          "properties": {
            "url": {
              "description": "the address; values in it are encoded, and secrets cannot stand in it",
              "markdownDescription": "The address; values in it are encoded, and secrets cannot stand in it.\n\nExample: `https://example.org/items/${{ params.id }}`",
              "type": "string",
              "minLength": 1,
              "examples": ["https://example.org/items/${{ params.id }}"]
            },
            "method": {
              "description": "the method; default GET",
              "markdownDescription": "The method; default GET.\n\nExample: `POST`",
              "type": "string",
              "enum": ["GET", "HEAD", "OPTIONS", "POST"],
              "examples": ["POST"]
            },
            "headers": {
              "description": "headers by name; a value may hold a secret",
              "markdownDescription": "Headers by name; a value may hold a secret.\n\nExample: `{\"accept\": \"application/json\", \"authorization\": \"Bearer ${{ secrets.TOKEN }}\"}`",
              "type": "object",
              "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
              "additionalProperties": {"type": ["string", "number", "boolean"]},
              "examples": [{"accept": "application/json", "authorization": "Bearer ${{ secrets.TOKEN }}"}]
            },
            "body": {
              "description": "what is sent along: a text, or a mapping or list that is sent as JSON",
              "markdownDescription": "What is sent along: a text, or a mapping or list that is sent as JSON.\n\nExample: `a=1` · `{\"name\": \"${{ params.name }}\"}`",
              "type": ["string", "number", "boolean", "null", "object", "array"],
              "examples": ["a=1", {"name": "${{ params.name }}"}]
            },
            "expect": {
              "description": "what the response must be; default a status from 200 to 299",
              "markdownDescription": "What the response must be; default a status from 200 to 299.\n\nExample: `{\"status\": 201, \"json\": {\"/id\": 7}}`",
              "$ref": "#/definitions/httpExpect",
              "examples": [{"status": 201, "json": {"/id": 7}}]
            },
            "redirects": {
              "description": "how many redirects are followed, for GET, HEAD and OPTIONS; default 5",
              "markdownDescription": "How many redirects are followed, for GET, HEAD and OPTIONS; default 5.\n\nExample: `0`",
              "type": "integer",
              "minimum": 0,
              "maximum": 20,
              "examples": [0]
            },
            "max_size": {
              "description": "how large the body of the response may be, at most 16MiB; default 1MiB",
              "markdownDescription": "How large the body of the response may be, at most 16MiB; default 1MiB.\n\nExample: `64KiB`",
              "$ref": "#/definitions/size",
              "examples": ["64KiB"]
            }
          },
          "dependencies": {"body": ["method"]},
          "examples": [
            "http://127.0.0.1:8080/health",
            {"url": "http://127.0.0.1:8080/health", "expect": {"json": {"/status": "ok"}}}
          ]
        }
      },
      "dependencies": {
        "exists": {"properties": {"file": false, "run": false, "sql": false, "table": false, "http": false}},
        "file": {"properties": {"exists": false, "run": false, "sql": false, "table": false, "http": false}},
        "run": {"properties": {"exists": false, "file": false, "sql": false, "table": false, "http": false}},
        "sql": {"properties": {"exists": false, "file": false, "run": false, "table": false, "http": false}},
        "table": {"properties": {"exists": false, "file": false, "run": false, "sql": false, "http": false}},
        "http": {"properties": {"exists": false, "file": false, "run": false, "sql": false, "table": false}}
      },
      "anyOf": [
        {"required": ["exists"]},
        {"required": ["file"]},
        {"required": ["run"]},
        {"required": ["sql"]},
        {"required": ["table"]},
        {"required": ["http"]}
      ]
    },
    "name": {"type": ["string", "number", "boolean"], "minLength": 1},
    "share": {
      "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)%$"}
      ]
    },
    "anyShare": {
      "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$"}]
    },
    "tableExpectation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "not_null": {
          "description": "columns that have a value in every row",
          "markdownDescription": "Columns that have a value in every row.\n\nExample: `[\"id\", \"email\"]`",
          "anyOf": [{"$ref": "#/definitions/name"}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/definitions/name"}}],
          "examples": [["id", "email"]]
        },
        "unique": {
          "description": "columns in which no two rows are equal; rows without a value in one of them do not count",
          "markdownDescription": "Columns in which no two rows are equal; rows without a value in one of them do not count.\n\nExample: `[\"order_id\", \"line\"]`",
          "anyOf": [{"$ref": "#/definitions/name"}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/definitions/name"}}],
          "examples": [["order_id", "line"]]
        },
        "accepted_values": {
          "description": "a column and the values that are good; no value is always good",
          "markdownDescription": "A column and the values that are good; no value is always good.\n\nExample: `{\"column\": \"origin\", \"values\": [\"EWR\", \"JFK\", \"LGA\"]}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["column", "values"],
          "properties": {
                  "column": {
                    "description": "the column",
                    "markdownDescription": "The column.\n\nExample: `dep_time`",
                    "$ref": "#/definitions/name",
                    "examples": ["dep_time"]
                  },
                  "values": {
                    "description": "the values that are good, or an expression that gives a list",
                    "markdownDescription": "The values that are good, or an expression that gives a list.\n\nExample: `[\"EWR\", \"JFK\"]`",
                    "anyOf": [{"type": ["string", "number", "boolean"]}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": ["string", "number", "boolean"]}}],
                    "examples": [["EWR", "JFK"]]
                  }
                },
          "examples": [{"column": "origin", "values": ["EWR", "JFK", "LGA"]}]
        },
        "range": {
          "description": "a column and the least and the greatest good value",
          "markdownDescription": "A column and the least and the greatest good value.\n\nExample: `{\"column\": \"month\", \"min\": 1, \"max\": 12}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["column"],
          "anyOf": [{"required": ["min"]}, {"required": ["max"]}],
          "properties": {
                  "column": {
                    "description": "the column",
                    "markdownDescription": "The column.\n\nExample: `dep_time`",
                    "$ref": "#/definitions/name",
                    "examples": ["dep_time"]
                  },
                  "min": {
                    "description": "the least good value, a number or a text such as a date",
                    "markdownDescription": "The least good value, a number or a text such as a date.\n\nExample: `1` · `2026-01-01`",
                    "type": ["string", "number"],
                    "examples": [1, "2026-01-01"]
                  },
                  "max": {
                    "description": "the greatest good value",
                    "markdownDescription": "The greatest good value.\n\nExample: `12`",
                    "type": ["string", "number"],
                    "examples": [12]
                  }
                },
          "examples": [{"column": "month", "min": 1, "max": 12}]
        },
        "row_count": {
          "description": "how many rows the table must have",
          "markdownDescription": "How many rows the table must have.\n\nExample: `{\"min\": 1, \"tolerance\": \"10%\"}`",
          "type": "object",
          "additionalProperties": false,
          "minProperties": 1,
          "properties": {
                  "min": {
                    "description": "at least so many rows",
                    "markdownDescription": "At least so many rows.\n\nExample: `1`",
                    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "\\$\\{\\{"}],
                    "examples": [1]
                  },
                  "max": {
                    "description": "at most so many rows",
                    "markdownDescription": "At most so many rows.\n\nExample: `1000000`",
                    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "\\$\\{\\{"}],
                    "examples": [1000000]
                  },
                  "tolerance": {
                    "description": "the share by which the number may differ from that of the last run",
                    "markdownDescription": "The share by which the number may differ from that of the last run.\n\nExample: `10%` · `0.1`",
                    "$ref": "#/definitions/anyShare",
                    "examples": ["10%", 0.1]
                  }
                },
          "examples": [{"min": 1, "tolerance": "10%"}]
        },
        "freshness": {
          "description": "a column with times, and how old the newest may be",
          "markdownDescription": "A column with times, and how old the newest may be.\n\nExample: `{\"column\": \"loaded_at\", \"max_age\": \"1d\"}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["column", "max_age"],
          "properties": {
                  "column": {
                    "description": "the column",
                    "markdownDescription": "The column.\n\nExample: `dep_time`",
                    "$ref": "#/definitions/name",
                    "examples": ["dep_time"]
                  },
                  "max_age": {
                    "description": "the greatest good age of the newest value",
                    "markdownDescription": "The greatest good age of the newest value.\n\nExample: `1d`",
                    "$ref": "#/definitions/duration",
                    "examples": ["1d"]
                  }
                },
          "examples": [{"column": "loaded_at", "max_age": "1d"}]
        },
        "references": {
          "description": "a column whose values must be there in another table",
          "markdownDescription": "A column whose values must be there in another table.\n\nExample: `{\"column\": \"user_id\", \"table\": \"users\", \"key\": \"id\"}`",
          "type": "object",
          "additionalProperties": false,
          "required": ["column", "key"],
          "anyOf": [{"required": ["table"]}, {"required": ["csv"]}],
          "properties": {
                  "column": {
                    "description": "the column",
                    "markdownDescription": "The column.\n\nExample: `dep_time`",
                    "$ref": "#/definitions/name",
                    "examples": ["dep_time"]
                  },
                  "table": {
                    "description": "the other table, of the same database",
                    "markdownDescription": "The other table, of the same database.\n\nExample: `users`",
                    "$ref": "#/definitions/name",
                    "examples": ["users"]
                  },
                  "csv": {
                    "description": "the other file, for a CSV file",
                    "markdownDescription": "The other file, for a CSV file.\n\nExample: `data/users.csv`",
                    "type": "string",
                    "minLength": 1,
                    "examples": ["data/users.csv"]
                  },
                  "key": {
                    "description": "the column of the other table",
                    "markdownDescription": "The column of the other table.\n\nExample: `id`",
                    "$ref": "#/definitions/name",
                    "examples": ["id"]
                  }
                },
          "examples": [{"column": "user_id", "table": "users", "key": "id"}]
        },
        "distribution": {
          "description": "a column whose distribution must be like that of the last run",
          "markdownDescription": "A column whose distribution must be like that of the last run.\n\nExample: `price` · `{\"column\": \"price\", \"max_psi\": 0.1}`",
          "type": ["string", "object"],
          "minLength": 1,
          "additionalProperties": false,
          "required": ["column"],
          "properties": {
                  "column": {
                    "description": "the column",
                    "markdownDescription": "The column.\n\nExample: `dep_time`",
                    "$ref": "#/definitions/name",
                    "examples": ["dep_time"]
                  },
                  "max_psi": {
                    "description": "the greatest good population stability index; default 0.25",
                    "markdownDescription": "The greatest good population stability index; default 0.25.\n\nExample: `0.25`",
                    "type": "number",
                    "exclusiveMinimum": 0,
                    "examples": [0.25]
                  },
                  "max_shift": {
                    "description": "how many standard deviations of the last run the mean may move",
                    "markdownDescription": "How many standard deviations of the last run the mean may move.\n\nExample: `0.5`",
                    "type": "number",
                    "exclusiveMinimum": 0,
                    "examples": [0.5]
                  }
                },
          "examples": ["price", {"column": "price", "max_psi": 0.1}]
        },
        "columns": {
          "description": "columns that must be there, with the type of their values or without",
          "markdownDescription": "Columns that must be there, with the type of their values or without.\n\nExample: `{\"id\": \"integer\", \"note\": \"text\"}` · `[\"id\", \"note\"]`",
          "type": ["string", "array", "object"],
          "minLength": 1,
          "minItems": 1,
          "minProperties": 1,
          "items": {"$ref": "#/definitions/name"},
          "additionalProperties": {"type": "string", "enum": ["integer", "number", "text", "any"]},
          "examples": [{"id": "integer", "note": "text"}, ["id", "note"]]
        },
        "sql": {
          "description": "a query whose rows are failures",
          "markdownDescription": "A query whose rows are failures.\n\nExample: `select id from orders where shipped_at < ordered_at`",
          "type": "string",
          "minLength": 1,
          "examples": ["select id from orders where shipped_at < ordered_at"]
        },
        "title": {
          "description": "what the check is called in output",
          "markdownDescription": "What the check is called in output.\n\nExample: `every order has a customer`",
          "type": ["string", "number"],
          "examples": ["every order has a customer"]
        },
        "severity": {
          "description": "whether a false check fails the step or only warns; default: that of the table check",
          "markdownDescription": "Whether a false check fails the step or only warns; default: that of the table check.\n\nExample: `warn`",
          "type": "string",
          "enum": ["error", "warn"],
          "examples": ["warn"]
        },
        "mostly": {
          "description": "the least share of good rows; default 1",
          "markdownDescription": "The least share of good rows; default 1.\n\nExample: `0.99` · `99%`",
          "$ref": "#/definitions/share",
          "examples": [0.99, "99%"]
        },
        "weight": {
          "description": "how much it counts in the score; default 1",
          "markdownDescription": "How much it counts in the score; default 1.\n\nExample: `2`",
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1000,
          "examples": [2]
        }
      },
      "dependencies": {
        "not_null": {"properties": {"unique": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "unique": {"properties": {"not_null": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "accepted_values": {"properties": {"not_null": false, "unique": false, "range": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "range": {"properties": {"not_null": false, "unique": false, "accepted_values": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "row_count": {"properties": {"mostly": false, "not_null": false, "unique": false, "accepted_values": false, "range": false, "freshness": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "freshness": {"properties": {"mostly": false, "not_null": false, "unique": false, "accepted_values": false, "range": false, "row_count": false, "references": false, "distribution": false, "columns": false, "sql": false}},
        "references": {"properties": {"not_null": false, "unique": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "distribution": false, "columns": false, "sql": false}},
        "distribution": {"properties": {"mostly": false, "not_null": false, "unique": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "references": false, "columns": false, "sql": false}},
        "columns": {"properties": {"mostly": false, "not_null": false, "unique": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "sql": false}},
        "sql": {"properties": {"not_null": false, "unique": false, "accepted_values": false, "range": false, "row_count": false, "freshness": false, "references": false, "distribution": false, "columns": false}}
      },
      "anyOf": [{"required": ["not_null"]}, {"required": ["unique"]}, {"required": ["accepted_values"]}, {"required": ["range"]}, {"required": ["row_count"]}, {"required": ["freshness"]}, {"required": ["references"]}, {"required": ["distribution"]}, {"required": ["columns"]}, {"required": ["sql"]}]
    },
    "checks": {
      "anyOf": [
        {"$ref": "#/definitions/check"},
        {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/check"}}
      ]
    },
    "httpExpect": {
      "type": "object",
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "status": {
          "description": "the status, a list of them, or comparisons; default 200 to 299",
          "markdownDescription": "The status, a list of them, or comparisons; default 200 to 299.\n\nExample: `200` · `[200, 204]` · `{\"lt\": 500}`",
          "if": {"type": "number"},
          "then": {"minimum": 100, "maximum": 599},
          "anyOf": [
            {"type": "integer", "minimum": 100, "maximum": 599},
            {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 100, "maximum": 599}},
            {"$ref": "#/definitions/comparison"}
          ],
          "examples": [200, [200, 204], {"lt": 500}]
        },
        "headers": {
          "description": "what headers of the response must be",
          "markdownDescription": "What headers of the response must be.\n\nExample: `{\"content-type\": {\"contains\": \"json\"}}`",
          "type": "object",
          "minProperties": 1,
          "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
          "additionalProperties": {"$ref": "#/definitions/comparison"},
          "examples": [{"content-type": {"contains": "json"}}]
        },
        "json": {
          "description": "what places of the response must be, by JSON pointer",
          "markdownDescription": "What places of the response must be, by JSON pointer.\n\nExample: `{\"/id\": 7}`",
          "type": "object",
          "minProperties": 1,
          "propertyNames": {"pattern": "^(/([^~]|~[01])*)?$"},
          "additionalProperties": {"$ref": "#/definitions/comparison"},
          "examples": [{"/id": 7}]
        },
        "body": {
          "description": "what the text of the response must be",
          "markdownDescription": "What the text of the response must be.\n\nExample: `{\"contains\": \"ready\"}`",
          "$ref": "#/definitions/comparison",
          "examples": [{"contains": "ready"}]
        },
        "duration": {
          "description": "how long the response may take",
          "markdownDescription": "How long the response may take.\n\nExample: `{\"le\": \"500ms\"}`",
          "$ref": "#/definitions/durationComparison",
          "examples": [{"le": "500ms"}]
        }
      }
    },
    "httpAction": {
      "type": ["string", "object"],
      "pattern": "^([hH][tT][tT][pP][sS]?://|\\$\\{\\{)",
      "additionalProperties": false,
      "required": ["url"],
      "properties": {
        "url": {
          "description": "the address; values in it are encoded, and secrets cannot stand in it",
          "markdownDescription": "The address; values in it are encoded, and secrets cannot stand in it.\n\nExample: `https://example.org/items/${{ params.id }}`",
          "type": "string",
          "minLength": 1,
          "examples": ["https://example.org/items/${{ params.id }}"]
        },
        "method": {
          "description": "the method; default GET",
          "markdownDescription": "The method; default GET.\n\nExample: `POST`",
          "type": "string",
          "enum": ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"],
          "examples": ["POST"]
        },
        "headers": {
          "description": "headers by name; a value may hold a secret",
          "markdownDescription": "Headers by name; a value may hold a secret.\n\nExample: `{\"accept\": \"application/json\", \"authorization\": \"Bearer ${{ secrets.TOKEN }}\"}`",
          "type": "object",
          "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
          "additionalProperties": {"type": ["string", "number", "boolean"]},
          "examples": [{"accept": "application/json", "authorization": "Bearer ${{ secrets.TOKEN }}"}]
        },
        "body": {
          "description": "what is sent along: a text, or a mapping or list that is sent as JSON",
          "markdownDescription": "What is sent along: a text, or a mapping or list that is sent as JSON.\n\nExample: `a=1` · `{\"name\": \"${{ params.name }}\"}`",
          "type": ["string", "number", "boolean", "null", "object", "array"],
          "examples": ["a=1", {"name": "${{ params.name }}"}]
        },
        "expect": {
          "description": "what the response must be; default a status from 200 to 299",
          "markdownDescription": "What the response must be; default a status from 200 to 299.\n\nExample: `{\"status\": 201, \"json\": {\"/id\": 7}}`",
          "$ref": "#/definitions/httpExpect",
          "examples": [{"status": 201, "json": {"/id": 7}}]
        },
        "redirects": {
          "description": "how many redirects are followed, for GET, HEAD and OPTIONS; default 5",
          "markdownDescription": "How many redirects are followed, for GET, HEAD and OPTIONS; default 5.\n\nExample: `0`",
          "type": "integer",
          "minimum": 0,
          "maximum": 20,
          "examples": [0]
        },
        "max_size": {
          "description": "how large the body of the response may be, at most 16MiB; default 1MiB",
          "markdownDescription": "How large the body of the response may be, at most 16MiB; default 1MiB.\n\nExample: `64KiB`",
          "$ref": "#/definitions/size",
          "examples": ["64KiB"]
        }
      },
      "dependencies": {"body": ["method"]}
    },
    "fetchAction": {
      "type": "object",
      "additionalProperties": false,
      "required": ["url", "path"],
      "properties": {
        "url": {
          "description": "the address; values in it are encoded, and secrets cannot stand in it",
          "markdownDescription": "The address; values in it are encoded, and secrets cannot stand in it.\n\nExample: `https://example.org/x-${{ params.version }}.tgz`",
          "type": "string",
          "minLength": 1,
          "examples": ["https://example.org/x-${{ params.version }}.tgz"]
        },
        "headers": {
          "description": "headers by name; a value may hold a secret",
          "markdownDescription": "Headers by name; a value may hold a secret.\n\nExample: `{\"accept\": \"application/json\", \"authorization\": \"Bearer ${{ secrets.TOKEN }}\"}`",
          "type": "object",
          "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
          "additionalProperties": {"type": ["string", "number", "boolean"]},
          "examples": [{"accept": "application/json", "authorization": "Bearer ${{ secrets.TOKEN }}"}]
        },
        "path": {
          "description": "where the file is put, relative to the project root",
          "markdownDescription": "Where the file is put, relative to the project root.\n\nExample: `vendor/x.tgz`",
          "type": "string",
          "minLength": 1,
          "examples": ["vendor/x.tgz"]
        },
        "sha256": {
          "description": "the SHA-256 digest of the file; with it a file that is there is not got again",
          "markdownDescription": "The SHA-256 digest of the file; with it a file that is there is not got again.\n\nExample: `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855` · `${{ params.digest }}`",
          "type": "string",
          "pattern": "^[0-9a-fA-F]{64}$|[$][{][{]",
          "examples": ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "${{ params.digest }}"]
        },
        "max_size": {
          "description": "how large the file may be; default 10GB",
          "markdownDescription": "How large the file may be; default 10GB.\n\nExample: `500MB`",
          "$ref": "#/definitions/size",
          "examples": ["500MB"]
        },
        "mode": {
          "description": "the permission bits, octal",
          "markdownDescription": "The permission bits, octal.\n\nExample: `0644` · `0755`",
          "type": ["string", "integer"],
          "pattern": "^(0o)?[0-7]{3,4}$",
          "minimum": 0,
          "examples": ["0644", "0755"]
        },
        "allow_outside": {
          "description": "whether the path may lie outside the project; default false",
          "markdownDescription": "Whether the path may lie outside the project; default false.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      }
    },
    "waitAction": {
      "type": "object",
      "additionalProperties": false,
      "required": ["for"],
      "properties": {
        "for": {
          "description": "what is waited for: checks, a port or a duration",
          "markdownDescription": "What is waited for: checks, a port or a duration.\n\nExample: `{\"port\": 5432}` · `{\"http\": \"http://127.0.0.1:8080/health\"}` · `{\"duration\": \"30s\"}`",
          "anyOf": [{"$ref": "#/definitions/waitFor"}, {"$ref": "#/definitions/checks"}],
          "examples": [{"port": 5432}, {"http": "http://127.0.0.1:8080/health"}, {"duration": "30s"}]
        },
        "interval": {
          "description": "how long between two looks; default 1s",
          "markdownDescription": "How long between two looks; default 1s.\n\nExample: `500ms`",
          "$ref": "#/definitions/duration",
          "examples": ["500ms"]
        }
      }
    },
    "waitFor": {
      "type": "object",
      "additionalProperties": false,
      "anyOf": [{"required": ["port"]}, {"required": ["duration"]}],
      "dependencies": {"host": ["port"], "duration": {"properties": {"port": false, "host": false}}},
      "properties": {
        "port": {
          "description": "the port on which a server is to take connections",
          "markdownDescription": "The port on which a server is to take connections.\n\nExample: `5432`",
          "type": "integer",
          "minimum": 1,
          "maximum": 65535,
          "examples": [5432]
        },
        "host": {
          "description": "the name or address of the server; default 127.0.0.1",
          "markdownDescription": "The name or address of the server; default 127.0.0.1.\n\nExample: `db.internal`",
          "type": "string",
          "minLength": 1,
          "examples": ["db.internal"]
        },
        "duration": {
          "description": "how long to wait",
          "markdownDescription": "How long to wait.\n\nExample: `30s`",
          "$ref": "#/definitions/duration",
          "examples": ["30s"]
        }
      }
    },
    "notice": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "anyOf": [{"required": ["run"]}, {"required": ["exec"]}, {"required": ["webhook"]}, {"required": ["email"]}],
      "dependencies": {
        "run": {"properties": {"exec": false, "webhook": false, "email": false}},
        "exec": {"properties": {"run": false, "webhook": false, "email": false}},
        "webhook": {"properties": {"run": false, "exec": false, "email": false}},
        "email": {"properties": {"run": false, "exec": false, "webhook": false}}
      },
      "properties": {
        "run": {
          "description": "shell text to run",
          "markdownDescription": "Shell text to run.\n\nExample: `echo \"$EXECPLAN_SUMMARY\" >> notices.log`",
          "type": "string",
          "minLength": 1,
          "examples": ["echo \"$EXECPLAN_SUMMARY\" >> notices.log"]
        },
        "exec": {
          "description": "a program and its arguments, without a shell",
          "markdownDescription": "A program and its arguments, without a shell.\n\nExample: `[\"logger\", \"the run failed\"]`",
          "type": "array",
          "minItems": 1,
          "items": {"type": ["string", "number", "boolean"]},
          "examples": [["logger", "the run failed"]]
        },
        "webhook": {
          "description": "a URL that gets the summary as JSON, or a request",
          "markdownDescription": "A URL that gets the summary as JSON, or a request.\n\nExample: `${{ secrets.HOOK }}` · `{\"url\": \"https://example.org/hook\", \"body\": {\"text\": \"${{ run.state }}\"}}`",
          "$ref": "#/definitions/webhook",
          "examples": [
            "${{ secrets.HOOK }}",
            {"url": "https://example.org/hook", "body": {"text": "${{ run.state }}"}}
          ]
        },
        "email": {
          "description": "who gets the summary, or a message",
          "markdownDescription": "Who gets the summary, or a message.\n\nExample: `ops@example.org` · `{\"to\": [\"ops@example.org\"], \"subject\": \"${{ plan.title }}\"}`",
          "$ref": "#/definitions/email",
          "examples": ["ops@example.org", {"to": ["ops@example.org"], "subject": "${{ plan.title }}"}]
        },
        "secrets": {
          "description": "secrets that the program gets as environment variables",
          "markdownDescription": "Secrets that the program gets as environment variables.\n\nExample: `[\"TOKEN\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["TOKEN"]]
        },
        "retry": {
          "description": "how often it is tried again; default 3",
          "markdownDescription": "How often it is tried again; default 3.\n\nExample: `5`",
          "$ref": "#/definitions/retry",
          "examples": [5]
        },
        "timeout": {
          "description": "how long one try may take; default 30s",
          "markdownDescription": "How long one try may take; default 30s.\n\nExample: `10s`",
          "$ref": "#/definitions/duration",
          "examples": ["10s"]
        }
      }
    },
    "notices": {
      "anyOf": [
        {"$ref": "#/definitions/notice"},
        {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/notice"}}
      ]
    },
    "webhook": {
      "type": ["string", "object"],
      "pattern": "^([hH][tT][tT][pP][sS]?://|\\$\\{\\{)",
      "additionalProperties": false,
      "required": ["url"],
      "properties": {
        "url": {
          "description": "the address; it may be a secret",
          "markdownDescription": "The address; it may be a secret.\n\nExample: `${{ secrets.HOOK }}`",
          "type": "string",
          "pattern": "^([hH][tT][tT][pP][sS]?://|\\$\\{\\{)",
          "examples": ["${{ secrets.HOOK }}"]
        },
        "method": {
          "description": "the method; default POST",
          "markdownDescription": "The method; default POST.\n\nExample: `PUT`",
          "type": "string",
          "enum": ["POST", "PUT", "GET"],
          "examples": ["PUT"]
        },
        "headers": {
          "description": "headers by name; a value may hold a secret",
          "markdownDescription": "Headers by name; a value may hold a secret.\n\nExample: `{\"accept\": \"application/json\", \"authorization\": \"Bearer ${{ secrets.TOKEN }}\"}`",
          "type": "object",
          "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
          "additionalProperties": {"type": ["string", "number", "boolean"]},
          "examples": [{"accept": "application/json", "authorization": "Bearer ${{ secrets.TOKEN }}"}]
        },
        "body": {
          "description": "what is sent; default the summary as JSON",
          "markdownDescription": "What is sent; default the summary as JSON.\n\nExample: `{\"text\": \"${{ run.state }}\"}`",
          "type": ["string", "number", "boolean", "null", "object", "array"],
          "examples": [{"text": "${{ run.state }}"}]
        }
      }
    },
    "email": {
      "type": ["string", "array", "object"],
      "pattern": "^[^ @,;<>()\"-][^ ,;<>()\"]*@[^ @,;<>()\"]+$|\\$\\{\\{",
      "minItems": 1,
      "items": {"type": "string", "pattern": "^[^ @,;<>()\"-][^ ,;<>()\"]*@[^ @,;<>()\"]+$|\\$\\{\\{"},
      "additionalProperties": false,
      "required": ["to"],
      "properties": {
        "to": {
          "description": "who gets it",
          "markdownDescription": "Who gets it.\n\nExample: `ops@example.org` · `[\"a@example.org\", \"b@example.org\"]`",
          "type": ["string", "array"],
          "pattern": "^[^ @,;<>()\"-][^ ,;<>()\"]*@[^ @,;<>()\"]+$|\\$\\{\\{",
          "minItems": 1,
          "items": {"type": "string", "pattern": "^[^ @,;<>()\"-][^ ,;<>()\"]*@[^ @,;<>()\"]+$|\\$\\{\\{"},
          "examples": ["ops@example.org", ["a@example.org", "b@example.org"]]
        },
        "from": {
          "description": "who sends it; default: whoever runs execplan",
          "markdownDescription": "Who sends it; default: whoever runs execplan.\n\nExample: `plans@example.org`",
          "type": "string",
          "pattern": "^[^ @,;<>()\"-][^ ,;<>()\"]*@[^ @,;<>()\"]+$|\\$\\{\\{",
          "examples": ["plans@example.org"]
        },
        "subject": {
          "description": "the subject; default the title and the state",
          "markdownDescription": "The subject; default the title and the state.\n\nExample: `${{ plan.title }}: ${{ run.state }}`",
          "type": ["string", "number"],
          "pattern": "^[^\\n]*$",
          "examples": ["${{ plan.title }}: ${{ run.state }}"]
        },
        "text": {
          "description": "the text; default the summary",
          "markdownDescription": "The text; default the summary.\n\nExample: `See the log.`",
          "type": ["string", "number"],
          "examples": ["See the log."]
        }
      }
    },
    "approveAction": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "required": ["message"],
      "properties": {
        "message": {
          "description": "what people are asked",
          "markdownDescription": "What people are asked.\n\nExample: `Load production?`",
          "type": "string",
          "minLength": 1,
          "examples": ["Load production?"]
        },
        "approvers": {
          "description": "who may answer, by name; default anybody",
          "markdownDescription": "Who may answer, by name; default anybody.\n\nExample: `[\"ana\", \"ops\"]`",
          "$ref": "#/definitions/someStrings",
          "examples": [["ana", "ops"]]
        },
        "expires": {
          "description": "an approval counts only if it is used before this time is over",
          "markdownDescription": "An approval counts only if it is used before this time is over.\n\nExample: `2d`",
          "$ref": "#/definitions/duration",
          "examples": ["2d"]
        },
        "quorum": {
          "description": "how many people must agree; default 1",
          "markdownDescription": "How many people must agree; default 1.\n\nExample: `2`",
          "type": "integer",
          "minimum": 1,
          "maximum": 100,
          "examples": [2]
        }
      }
    },
    "manualAction": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "required": ["instructions"],
      "properties": {
        "instructions": {
          "description": "what a person is to do",
          "markdownDescription": "What a person is to do.\n\nExample: `Rotate the key`",
          "type": "string",
          "minLength": 1,
          "examples": ["Rotate the key"]
        },
        "artifacts": {
          "description": "files that must exist before the step is done",
          "markdownDescription": "Files that must exist before the step is done.\n\nExample: `[\"proof.txt\"]`",
          "$ref": "#/definitions/someStrings",
          "examples": [["proof.txt"]]
        },
        "criteria": {
          "description": "what must hold: a text that a person confirms, or a check that the program makes",
          "markdownDescription": "What must hold: a text that a person confirms, or a check that the program makes.\n\nExample: `[\"the old key is refused\"]`",
          "examples": [["the old key is refused"]],
          "anyOf": [{"$ref": "#/definitions/check"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/check"}}]
        },
        "values": {
          "description": "values that the person gives with --value",
          "markdownDescription": "Values that the person gives with --value.\n\nExample: `{\"ticket\": {\"type\": \"string\"}}`",
          "type": "object",
          "minProperties": 1,
          "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
          "additionalProperties": {
            "anyOf": [
              {"$ref": "#/definitions/valueType"},
              {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "type": {
                    "description": "the type of the value; default string",
                    "markdownDescription": "The type of the value; default string.\n\nExample: `string`",
                    "$ref": "#/definitions/valueType",
                    "examples": ["string"]
                  },
                  "description": {
                    "description": "what the value is",
                    "markdownDescription": "What the value is.\n\nExample: `The change ticket`",
                    "type": "string",
                    "examples": ["The change ticket"]
                  }
                }
              }
            ]
          },
          "examples": [{"ticket": {"type": "string"}}]
        }
      }
    },
    "agentAction": {
      "type": ["string", "object"],
      "minLength": 1,
      "additionalProperties": false,
      "properties": {
        "prompt": {
          "description": "what the agent is to do; its expressions are put in when the step is about to start",
          "markdownDescription": "What the agent is to do; its expressions are put in when the step is about to start.\n\nExample: `Make data for ${{ steps.prep.values.rows }} rows`",
          "type": "string",
          "minLength": 1,
          "examples": ["Make data for ${{ steps.prep.values.rows }} rows"]
        },
        "prompt_file": {
          "description": "a file with the prompt, with expressions in it; instead of prompt",
          "markdownDescription": "A file with the prompt, with expressions in it; instead of prompt.\n\nExample: `prompts/data.md`",
          "type": "string",
          "minLength": 1,
          "examples": ["prompts/data.md"]
        },
        "role": {
          "description": "what the agent is in the plan",
          "markdownDescription": "What the agent is in the plan.\n\nExample: `data`",
          "type": ["string", "number"],
          "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
          "examples": ["data"]
        },
        "context": {
          "description": "documents that the agent is to read first",
          "markdownDescription": "Documents that the agent is to read first.\n\nExample: `[\"docs/tech_stack.md\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["docs/tech_stack.md"]]
        },
        "prompt_to": {
          "description": "a file of the project that the prompt is written to as well",
          "markdownDescription": "A file of the project that the prompt is written to as well.\n\nExample: `agent_outputs/data/prompt.md`",
          "type": "string",
          "minLength": 1,
          "examples": ["agent_outputs/data/prompt.md"]
        },
        "artifacts": {
          "description": "files that must exist before the step is done",
          "markdownDescription": "Files that must exist before the step is done.\n\nExample: `[\"src/data/**/*.json\", \"docs/data.md\"]`",
          "$ref": "#/definitions/someStrings",
          "examples": [["src/data/**/*.json", "docs/data.md"]]
        },
        "criteria": {
          "description": "what must hold: a check that the program makes or, without command, a text that a person confirms",
          "markdownDescription": "What must hold: a check that the program makes or, without command, a text that a person confirms.\n\nExample: `[{\"run\": \"python3 scripts/validate.py\"}]`",
          "anyOf": [{"$ref": "#/definitions/check"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/check"}}],
          "examples": [[{"run": "python3 scripts/validate.py"}]]
        },
        "values": {
          "description": "values that the agent gives: with checkpoint --value, or in $EXECPLAN_OUTPUT",
          "markdownDescription": "Values that the agent gives: with checkpoint --value, or in $EXECPLAN_OUTPUT.\n\nExample: `{\"ticket\": {\"type\": \"string\"}}`",
          "type": "object",
          "minProperties": 1,
          "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
          "additionalProperties": {
            "anyOf": [
              {"$ref": "#/definitions/valueType"},
              {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "type": {
                    "description": "the type of the value; default string",
                    "markdownDescription": "The type of the value; default string.\n\nExample: `string`",
                    "$ref": "#/definitions/valueType",
                    "examples": ["string"]
                  },
                  "description": {
                    "description": "what the value is",
                    "markdownDescription": "What the value is.\n\nExample: `The change ticket`",
                    "type": "string",
                    "examples": ["The change ticket"]
                  }
                }
              }
            ]
          },
          "examples": [{"ticket": {"type": "string"}}]
        },
        "command": {
          "description": "a program that does the work and gets the prompt on standard input: a list of words, or shell text; without it the run waits",
          "markdownDescription": "A program that does the work and gets the prompt on standard input: a list of words, or shell text; without it the run waits.\n\nExample: `[\"my-agent\", \"--stdin\"]` \u00b7 `my-agent --stdin`",
          "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "minItems": 1, "items": {"type": ["string", "number", "boolean"]}}
          ],
          "examples": [["my-agent", "--stdin"], "my-agent --stdin"]
        },
        "handoff": {
          "description": "what other agents get when the step is done; they read it as steps.ID.handoff.RECEIVER",
          "markdownDescription": "What other agents get when the step is done; they read it as steps.ID.handoff.RECEIVER.\n\nExample: `[{\"to\": \"qa\", \"requirements\": [\"Check the totals\"]}]`",
          "anyOf": [
            {"$ref": "#/definitions/handoff"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/handoff"}}
          ],
          "examples": [[{"to": "qa", "requirements": ["Check the totals"]}]]
        }
      },
      "anyOf": [{"type": "string"}, {"required": ["prompt"]}, {"required": ["prompt_file"]}],
      "dependencies": {"prompt": {"properties": {"prompt_file": false}}}
    },
    "handoff": {
      "type": "object",
      "additionalProperties": false,
      "required": ["to"],
      "properties": {
        "to": {
          "description": "the role of the agent that goes on with it",
          "markdownDescription": "The role of the agent that goes on with it.\n\nExample: `qa`",
          "type": ["string", "number"],
          "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
          "examples": ["qa"]
        },
        "artifacts": {
          "description": "what the receiver works with; default: the artifacts of the step",
          "markdownDescription": "What the receiver works with; default: the artifacts of the step.\n\nExample: `[\"pipelines/\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["pipelines/"]]
        },
        "requirements": {
          "description": "what the receiver is to do or to keep to",
          "markdownDescription": "What the receiver is to do or to keep to.\n\nExample: `[\"Validate the pipeline with sample data\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["Validate the pipeline with sample data"]]
        },
        "data_access": {
          "description": "how the data is reached: any map, list or text",
          "markdownDescription": "How the data is reached: any map, list or text.\n\nExample: `{\"database\": \"sqlite:w.db\", \"tables\": [\"fact_events\"]}`",
          "type": ["object", "array", "string", "number", "boolean"],
          "examples": [{"database": "sqlite:w.db", "tables": ["fact_events"]}]
        },
        "test_data": {
          "description": "what the receiver can try its work with: any map, list or text",
          "markdownDescription": "What the receiver can try its work with: any map, list or text.\n\nExample: `{\"sample\": \"data/sample.csv\"}`",
          "type": ["object", "array", "string", "number", "boolean"],
          "examples": [{"sample": "data/sample.csv"}]
        }
      }
    },
    "valueType": {"type": "string", "enum": ["string", "int", "number", "bool", "date", "path", "list", "map"]},
    "undo": {
      "type": ["string", "object"],
      "additionalProperties": false,
      "properties": {
        "run": {
          "description": "shell text to run; an expression in it becomes an environment variable, never shell source",
          "markdownDescription": "Shell text to run; an expression in it becomes an environment variable, never shell source.\n\nExample: `make build` · `{\"script\": \"print(1)\", \"interpreter\": \"python3\"}`",
          "$ref": "#/definitions/runAction",
          "examples": ["make build", {"script": "print(1)", "interpreter": "python3"}]
        },
        "exec": {
          "description": "a program and its arguments, without a shell",
          "markdownDescription": "A program and its arguments, without a shell.\n\nExample: `[\"python3\", \"scripts/fetch.py\", \"--date\", \"${{ params.date }}\"]`",
          "type": "array",
          "minItems": 1,
          "items": {"type": ["string", "number", "boolean"]},
          "examples": [["python3", "scripts/fetch.py", "--date", "${{ params.date }}"]]
        },
        "file": {
          "description": "a file, folder or link that must be as described",
          "markdownDescription": "A file, folder or link that must be as described.\n\nExample: `{\"path\": \"etc/app.conf\", \"content\": \"port = 80\\n\"}`",
          "$ref": "#/definitions/fileAction",
          "examples": [{"path": "etc/app.conf", "content": "port = 80\n"}]
        },
        "edit": {
          "description": "a part of a text file that must be as described",
          "markdownDescription": "A part of a text file that must be as described.\n\nExample: `{\"path\": \".gitignore\", \"line\": \"dist/\"}`",
          "$ref": "#/definitions/editAction",
          "examples": [{"path": ".gitignore", "line": "dist/"}]
        },
        "sql": {
          "description": "SQL statements or a query",
          "markdownDescription": "SQL statements or a query.\n\nExample: `{\"database\": \"sqlite:w.db\", \"file\": \"sql/star.sql\", \"exactly_once\": true}`",
          "$ref": "#/definitions/sqlAction",
          "examples": [{"database": "sqlite:w.db", "file": "sql/star.sql", "exactly_once": true}]
        },
        "http": {
          "description": "a request to a server; what it answers becomes values",
          "markdownDescription": "A request to a server; what it answers becomes values.\n\nExample: `http://127.0.0.1:8080/x` · `{\"url\": \"http://127.0.0.1:8080/x\", \"method\": \"POST\", \"body\": {\"id\": 7}, \"expect\": {\"status\": 201}}`",
          "$ref": "#/definitions/httpAction",
          "examples": [
            "http://127.0.0.1:8080/x",
            {"url": "http://127.0.0.1:8080/x", "method": "POST", "body": {"id": 7}, "expect": {"status": 201}}
          ]
        },
        "fetch": {
          "description": "a file that is got from a server",
          "markdownDescription": "A file that is got from a server.\n\nExample: `{\"url\": \"https://example.org/x.tgz\", \"path\": \"vendor/x.tgz\", \"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}`",
          "$ref": "#/definitions/fetchAction",
          "examples": [
            {
              "url": "https://example.org/x.tgz",
              "path": "vendor/x.tgz",
              "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            }
          ]
        },
        "uses": {
          "description": "an external action: the program execplan-action-NAME carries it out",
          "markdownDescription": "An external action: the program execplan-action-NAME carries it out.\n\nExample: `s3-sync`",
          "type": ["string", "number"],
          "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
          "examples": ["s3-sync"]
        },
        "with": {
          "description": "what the external action takes",
          "markdownDescription": "What the external action takes.\n\nExample: `{\"bucket\": \"b\"}`",
          "type": "object",
          "examples": [{"bucket": "b"}]
        },
        "partial": {
          "description": "whether it also takes back what an attempt left that failed or was cut off",
          "markdownDescription": "Whether it also takes back what an attempt left that failed or was cut off.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "idempotent": {
          "description": "whether it may be run again after it was cut off",
          "markdownDescription": "Whether it may be run again after it was cut off.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      },
      "dependencies": {
        "run": {
          "properties": {"exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "uses": false}
        },
        "exec": {
          "properties": {"run": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "uses": false}
        },
        "file": {
          "properties": {"run": false, "exec": false, "edit": false, "sql": false, "http": false, "fetch": false, "uses": false}
        },
        "edit": {
          "properties": {"run": false, "exec": false, "file": false, "sql": false, "http": false, "fetch": false, "uses": false}
        },
        "sql": {
          "properties": {"run": false, "exec": false, "file": false, "edit": false, "http": false, "fetch": false, "uses": false}
        },
        "http": {
          "properties": {"run": false, "exec": false, "file": false, "edit": false, "sql": false, "fetch": false, "uses": false}
        },
        "fetch": {
          "properties": {"run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "uses": false}
        },
        "uses": {
          "properties": {"run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false}
        },
        "with": {"required": ["uses"]}
      },
      "anyOf": [
        {"required": ["run"]},
        {"required": ["exec"]},
        {"required": ["file"]},
        {"required": ["edit"]},
        {"required": ["sql"]},
        {"required": ["http"]},
        {"required": ["fetch"]},
        {"required": ["uses"]}
      ],
      "minLength": 1
    },
    "step": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id"],
      "patternProperties": {"^x-": {}},
      "properties": {
        "id": {
          "description": "the name of the step, once in a plan",
          "markdownDescription": "The name of the step, once in a plan.\n\nExample: `fetch` · `build.linux`",
          "$ref": "#/definitions/identifier",
          "examples": ["fetch", "build.linux"]
        },
        "title": {
          "description": "what the step is called in output",
          "markdownDescription": "What the step is called in output.\n\nExample: `Fetch raw events`",
          "type": ["string", "number"],
          "examples": ["Fetch raw events"]
        },
        "description": {
          "description": "what the step does and why, for readers",
          "markdownDescription": "What the step does and why, for readers.\n\nExample: `Downloads the events of one day.`",
          "type": ["string", "number"],
          "examples": ["Downloads the events of one day."]
        },
        "phase": {
          "description": "the phase that the step belongs to",
          "markdownDescription": "The phase that the step belongs to.\n\nExample: `extract`",
          "$ref": "#/definitions/identifier",
          "examples": ["extract"]
        },
        "owner": {
          "description": "who answers for the step",
          "markdownDescription": "Who answers for the step.\n\nExample: `data team`",
          "type": ["string", "number"],
          "examples": ["data team"]
        },
        "estimate": {
          "description": "the working time that the step takes: 30m, 4h, 2-3d, 1w, 1 sprint",
          "markdownDescription": "The working time that the step takes: 30m, 4h, 2-3d, 1w, 1 sprint.\n\nExample: `30m` · `2-3d`",
          "$ref": "#/definitions/estimate",
          "examples": ["30m", "2-3d"]
        },
        "labels": {
          "description": "names by which steps are selected",
          "markdownDescription": "Names by which steps are selected.\n\nExample: `[\"slow\", \"network\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["slow", "network"]]
        },
        "needs": {
          "description": "the steps that must be done before",
          "markdownDescription": "The steps that must be done before.\n\nExample: `[\"fetch\", \"lint\"]` · `fetch`",
          "$ref": "#/definitions/strings",
          "examples": [["fetch", "lint"], "fetch"]
        },
        "foreach": {
          "description": "a list, a map, an expression, or {items, key}: the step becomes one for each item, fetch[eu]; its fields read item, item.key and item.index",
          "markdownDescription": "A list, a map, an expression, or `{items, key}`: the step becomes one for each item, `fetch[eu]`; its fields read `item`, `item.key` and `item.index`.\n\nExample: `[\"eu\", \"us\"]` · `params.regions`",
          "type": ["array", "object", "string"],
          "examples": [["eu", "us"], {"eu": 1, "us": 2}, "params.regions", {"items": "params.hosts", "key": "item.name"}]
        },
        "when": {
          "description": "a condition; the step is skipped if it is false",
          "markdownDescription": "A condition; the step is skipped if it is false.\n\nExample: `params.env == 'prod'`",
          "type": ["string", "boolean"],
          "examples": ["params.env == 'prod'"]
        },
        "run": {
          "description": "shell text to run; an expression in it becomes an environment variable, never shell source",
          "markdownDescription": "Shell text to run; an expression in it becomes an environment variable, never shell source.\n\nExample: `make build` · `{\"script\": \"print(1)\", \"interpreter\": \"python3\"}`",
          "$ref": "#/definitions/runAction",
          "examples": ["make build", {"script": "print(1)", "interpreter": "python3"}]
        },
        "exec": {
          "description": "a program and its arguments, without a shell",
          "markdownDescription": "A program and its arguments, without a shell.\n\nExample: `[\"python3\", \"scripts/fetch.py\", \"--date\", \"${{ params.date }}\"]`",
          "type": "array",
          "minItems": 1,
          "items": {"type": ["string", "number", "boolean"]},
          "examples": [["python3", "scripts/fetch.py", "--date", "${{ params.date }}"]]
        },
        "file": {
          "description": "a file, folder or link that must be as described",
          "markdownDescription": "A file, folder or link that must be as described.\n\nExample: `{\"path\": \"etc/app.conf\", \"content\": \"port = 80\\n\"}`",
          "$ref": "#/definitions/fileAction",
          "examples": [{"path": "etc/app.conf", "content": "port = 80\n"}]
        },
        "edit": {
          "description": "a part of a text file that must be as described",
          "markdownDescription": "A part of a text file that must be as described.\n\nExample: `{\"path\": \".gitignore\", \"line\": \"dist/\"}`",
          "$ref": "#/definitions/editAction",
          "examples": [{"path": ".gitignore", "line": "dist/"}]
        },
        "sql": {
          "description": "SQL statements or a query",
          "markdownDescription": "SQL statements or a query.\n\nExample: `{\"database\": \"sqlite:w.db\", \"file\": \"sql/star.sql\", \"exactly_once\": true}`",
          "$ref": "#/definitions/sqlAction",
          "examples": [{"database": "sqlite:w.db", "file": "sql/star.sql", "exactly_once": true}]
        },
        "http": {
          "description": "a request to a server; what it answers becomes values",
          "markdownDescription": "A request to a server; what it answers becomes values.\n\nExample: `http://127.0.0.1:8080/x` · `{\"url\": \"http://127.0.0.1:8080/x\", \"method\": \"POST\", \"body\": {\"id\": 7}, \"expect\": {\"status\": 201}}`",
          "$ref": "#/definitions/httpAction",
          "examples": [
            "http://127.0.0.1:8080/x",
            {"url": "http://127.0.0.1:8080/x", "method": "POST", "body": {"id": 7}, "expect": {"status": 201}}
          ]
        },
        "fetch": {
          "description": "a file that is got from a server",
          "markdownDescription": "A file that is got from a server.\n\nExample: `{\"url\": \"https://example.org/x.tgz\", \"path\": \"vendor/x.tgz\", \"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}`",
          "$ref": "#/definitions/fetchAction",
          "examples": [
            {
              "url": "https://example.org/x.tgz",
              "path": "vendor/x.tgz",
              "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            }
          ]
        },
        "wait": {
          "description": "something that is waited for; the timeout of the step bounds it",
          "markdownDescription": "Something that is waited for; the timeout of the step bounds it.\n\nExample: `{\"for\": {\"port\": 5432}, \"interval\": \"500ms\"}`",
          "$ref": "#/definitions/waitAction",
          "examples": [{"for": {"port": 5432}, "interval": "500ms"}]
        },
        "check": {
          "description": "checks that must all hold",
          "markdownDescription": "Checks that must all hold.\n\nExample: `[{\"exists\": \"data/raw/*.json\"}]`",
          "$ref": "#/definitions/checks",
          "examples": [[{"exists": "data/raw/*.json"}]]
        },
        "manual": {
          "description": "work that a person does; the run waits for execplan checkpoint",
          "markdownDescription": "Work that a person does; the run waits for execplan checkpoint.\n\nExample: `Rotate the key`",
          "$ref": "#/definitions/manualAction",
          "examples": ["Rotate the key"]
        },
        "approve": {
          "description": "a question to people; the run waits for execplan approve",
          "markdownDescription": "A question to people; the run waits for execplan approve.\n\nExample: `Load production?` · `{\"message\": \"Load production?\", \"approvers\": [\"ops\"], \"expires\": \"2d\"}`",
          "$ref": "#/definitions/approveAction",
          "examples": ["Load production?", {"message": "Load production?", "approvers": ["ops"], "expires": "2d"}]
        },
        "agent": {
          "description": "work that an agent does: its program gets the prompt, or the run waits for execplan checkpoint",
          "markdownDescription": "Work that an agent does: its program gets the prompt, or the run waits for execplan checkpoint.\n\nExample: `{\"prompt\": \"Write docs/data.md\", \"artifacts\": [\"docs/data.md\"]}`",
          "$ref": "#/definitions/agentAction",
          "examples": [{"prompt": "Write docs/data.md", "artifacts": ["docs/data.md"]}]
        },
        "uses": {
          "description": "an external action: the program execplan-action-NAME carries it out",
          "markdownDescription": "An external action: the program execplan-action-NAME carries it out.\n\nExample: `s3-sync`",
          "type": ["string", "number"],
          "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
          "examples": ["s3-sync"]
        },
        "with": {
          "description": "what the external action takes",
          "markdownDescription": "What the external action takes.\n\nExample: `{\"bucket\": \"b\"}`",
          "type": "object",
          "examples": [{"bucket": "b"}]
        },
        "call": {
          "description": "another plan as a part of this one: its steps are called ID/STEP, params give its parameters",
          "markdownDescription": "Another plan as a part of this one: its steps are called `ID/STEP`, `params` give its parameters.\n\nExample: `{\"path\": \"plans/deploy.execplan.yaml\", \"params\": {\"env\": \"prod\"}}`",
          "type": "object",
          "required": ["path"],
          "additionalProperties": false,
          "properties": {
            "path": {
              "description": "the file of the plan, relative to the project root",
              "markdownDescription": "The file of the plan, relative to the project root.\n\nExample: `plans/deploy.execplan.yaml`",
              "type": "string",
              "minLength": 1,
              "examples": ["plans/deploy.execplan.yaml"]
            },
            "params": {
              "description": "values of its parameters; expressions over params, env, plan and item",
              "markdownDescription": "Values of its parameters; expressions over `params`, `env`, `plan` and `item`.\n\nExample: `{\"env\": \"prod\"}`",
              "type": "object",
              "examples": [{"env": "prod"}]
            }
          },
          "examples": [{"path": "plans/deploy.execplan.yaml", "params": {"env": "prod"}}]
        },
        "cwd": {
          "description": "the folder in which the action runs, relative to the project root; default: the root",
          "markdownDescription": "The folder in which the action runs, relative to the project root; default: the root.\n\nExample: `services/api`",
          "type": "string",
          "minLength": 1,
          "examples": ["services/api"]
        },
        "env": {
          "description": "environment variables for the action",
          "markdownDescription": "Environment variables for the action.\n\nExample: `{\"TZ\": \"UTC\"}`",
          "$ref": "#/definitions/environment",
          "examples": [{"TZ": "UTC"}]
        },
        "shell": {
          "description": "the shell for run texts; default bash -eo pipefail -c",
          "markdownDescription": "The shell for run texts; default bash -eo pipefail -c.\n\nExample: `sh -e -c` · `[\"bash\", \"-euo\", \"pipefail\", \"-c\"]`",
          "$ref": "#/definitions/words",
          "examples": ["sh -e -c", ["bash", "-euo", "pipefail", "-c"]]
        },
        "timeout": {
          "description": "how long one attempt may take, its verify checks included",
          "markdownDescription": "How long one attempt may take, its verify checks included.\n\nExample: `10m` · `1h30m`",
          "$ref": "#/definitions/duration",
          "examples": ["10m", "1h30m"]
        },
        "retry": {
          "description": "how often a failed attempt is tried again, after the first",
          "markdownDescription": "How often a failed attempt is tried again, after the first.\n\nExample: `2` · `{\"times\": 4, \"delay\": \"1s\", \"factor\": 2, \"max_delay\": \"30s\"}`",
          "$ref": "#/definitions/retry",
          "examples": [2, {"times": 4, "delay": "1s", "factor": 2, "max_delay": "30s"}]
        },
        "pool": {
          "description": "the pool that caps how many such steps run at once",
          "markdownDescription": "The pool that caps how many such steps run at once.\n\nExample: `db`",
          "type": ["string", "number"],
          "minLength": 1,
          "examples": ["db"]
        },
        "secrets": {
          "description": "secrets that the step's programs get as environment variables",
          "markdownDescription": "Secrets that the step's programs get as environment variables.\n\nExample: `[\"PGPASSWORD\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["PGPASSWORD"]]
        },
        "priority": {
          "description": "among steps that could start, a higher number starts first; default 0",
          "markdownDescription": "Among steps that could start, a higher number starts first; default 0.\n\nExample: `10`",
          "type": "integer",
          "examples": [10],
          "minimum": -1000,
          "maximum": 1000
        },
        "creates": {
          "description": "paths that show that the work is done: the step is skipped while all are there",
          "markdownDescription": "Paths that show that the work is done: the step is skipped while all are there.\n\nExample: `[\"dist/app\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["dist/app"]]
        },
        "unless": {
          "description": "shell text; the step is skipped if it exits with 0",
          "markdownDescription": "Shell text; the step is skipped if it exits with 0.\n\nExample: `git diff --quiet`",
          "type": "string",
          "minLength": 1,
          "examples": ["git diff --quiet"]
        },
        "inputs": {
          "description": "files that the action reads: globs relative to the project root",
          "markdownDescription": "Files that the action reads: globs relative to the project root.\n\nExample: `[\"src/**/*.swift\", \"!src/tmp/**\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["src/**/*.swift", "!src/tmp/**"]]
        },
        "outputs": {
          "description": "files that the action writes; they must exist after it",
          "markdownDescription": "Files that the action writes; they must exist after it.\n\nExample: `[\"data/raw/events.json\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["data/raw/events.json"]]
        },
        "once": {
          "description": "whether a success holds for all later runs while the definition is unchanged",
          "markdownDescription": "Whether a success holds for all later runs while the definition is unchanged.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "always": {
          "description": "whether the step runs in every run, whatever is unchanged",
          "markdownDescription": "Whether the step runs in every run, whatever is unchanged.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "idempotent": {
          "description": "the author's word on whether repeating the action does no harm",
          "markdownDescription": "The author's word on whether repeating the action does no harm.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "on_interrupt": {
          "description": "what is done when execplan died while the step ran: nobody knows whether its effect happened",
          "markdownDescription": "What is done when execplan died while the step ran: nobody knows whether its effect happened.\n\nExample: `verify`",
          "type": "string",
          "enum": ["ask", "rerun", "verify", "reattach", "fail"],
          "examples": ["verify"]
        },
        "on_conflict": {
          "description": "what is done when what the step makes is there already and is not the plan's",
          "markdownDescription": "What is done when what the step makes is there already and is not the plan's.\n\nExample: `adopt`",
          "type": "string",
          "enum": ["adopt", "overwrite", "stop"],
          "examples": ["adopt"]
        },
        "expect": {
          "description": "what an attempt must show to count as a success",
          "markdownDescription": "What an attempt must show to count as a success.\n\nExample: `{\"exit\": [0], \"stdout\": {\"contains\": \"ok\"}}`",
          "$ref": "#/definitions/expectation",
          "examples": [{"exit": [0], "stdout": {"contains": "ok"}}]
        },
        "verify": {
          "description": "checks that must hold after the action",
          "markdownDescription": "Checks that must hold after the action.\n\nExample: `[{\"exists\": \"dist/app\"}]`",
          "$ref": "#/definitions/checks",
          "examples": [[{"exists": "dist/app"}]]
        },
        "undo": {
          "description": "the action that takes this one back, for rollback; none: there is nothing to take back; file, edit and fetch need none",
          "markdownDescription": "The action that takes this one back, for `rollback`; `none`: there is nothing to take back; `file`, `edit` and `fetch` need none.\n\nExample: `{\"run\": \"dropdb scratch\"}` · `none`",
          "$ref": "#/definitions/undo",
          "examples": [{"run": "dropdb scratch"}, "none", {"run": "rm -rf out", "partial": true}]
        },
        "undoes": {
          "description": "in finally: the steps whose effect this one takes away, so that a resume runs them again",
          "markdownDescription": "In finally: the steps whose effect this one takes away, so that a resume runs them again.\n\nExample: `[\"start_db\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["start_db"]]
        },
        "allow_failure": {
          "description": "whether the run goes on, and may succeed, if this step fails",
          "markdownDescription": "Whether the run goes on, and may succeed, if this step fails.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "gate": {
          "description": "whether the step runs after all steps that are no gates, as a check of the result: if nothing but gates and checks fails, the exit code is 7",
          "markdownDescription": "Whether the step runs after all steps that are no gates, as a check of the result: if nothing but gates and checks fails, the exit code is 7.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "state": {
          "description": "values that become the state of the plan when the run succeeds",
          "markdownDescription": "Values that become the state of the plan when the run succeeds.\n\nExample: `{\"watermark\": \"${{ values.max_id }}\"}`",
          "type": "object",
          "propertyNames": {"pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
          "additionalProperties": {"type": ["string", "number", "boolean"]},
          "examples": [{"watermark": "${{ values.max_id }}"}]
        },
        "sync_outputs": {
          "description": "whether outputs are synced to disk before the success is recorded",
          "markdownDescription": "Whether outputs are synced to disk before the success is recorded.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        }
      },
      "dependencies": {
        "run": {
          "properties": {
            "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "exec": {
          "properties": {
            "run": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "file": {
          "properties": {
            "run": false, "exec": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "edit": {
          "properties": {
            "run": false, "exec": false, "file": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "sql": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "http": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "fetch": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "wait": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "check": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "manual": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "manual": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "approve": false, "agent": false, "uses": false, "call": false
          }
        },
        "approve": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "agent": false, "uses": false, "call": false
          }
        },
        "agent": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "uses": false, "call": false
          }
        },
        "uses": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "call": false
          }
        },
        "call": {
          "properties": {
            "run": false, "exec": false, "file": false, "edit": false, "sql": false, "http": false, "fetch": false, "wait": false, "check": false, "manual": false, "approve": false, "agent": false, "uses": false
          }
        },
        "with": {"required": ["uses"]}
      },
      "anyOf": [
        {"required": ["run"]},
        {"required": ["exec"]},
        {"required": ["file"]},
        {"required": ["edit"]},
        {"required": ["sql"]},
        {"required": ["http"]},
        {"required": ["fetch"]},
        {"required": ["wait"]},
        {"required": ["check"]},
        {"required": ["manual"]},
        {"required": ["approve"]},
        {"required": ["agent"]},
        {"required": ["uses"]},
        {"required": ["call"]}
      ]
    },
    "phase": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id"],
      "properties": {
        "id": {
          "description": "the name of the phase, once in a plan",
          "markdownDescription": "The name of the phase, once in a plan.\n\nExample: `extract`",
          "$ref": "#/definitions/identifier",
          "examples": ["extract"]
        },
        "title": {
          "description": "what the phase is called in output",
          "markdownDescription": "What the phase is called in output.\n\nExample: `Extract`",
          "type": ["string", "number"],
          "examples": ["Extract"]
        },
        "objective": {
          "description": "what is true when the phase is done",
          "markdownDescription": "What is true when the phase is done.\n\nExample: `All raw events of the day are on disk`",
          "type": ["string", "number"],
          "examples": ["All raw events of the day are on disk"]
        },
        "description": {
          "description": "more about the phase, for readers",
          "markdownDescription": "More about the phase, for readers.\n\nExample: `Reads three sources.`",
          "type": ["string", "number"],
          "examples": ["Reads three sources."]
        },
        "owner": {
          "description": "who answers for the phase",
          "markdownDescription": "Who answers for the phase.\n\nExample: `data team`",
          "type": ["string", "number"],
          "examples": ["data team"]
        },
        "estimate": {
          "description": "the working time that the phase takes",
          "markdownDescription": "The working time that the phase takes.\n\nExample: `3d` · `1-2 sprints`",
          "$ref": "#/definitions/estimate",
          "examples": ["3d", "1-2 sprints"]
        },
        "deliverables": {
          "description": "what the phase leaves behind",
          "markdownDescription": "What the phase leaves behind.\n\nExample: `[\"data/raw/*.json\"]`",
          "$ref": "#/definitions/strings",
          "examples": [["data/raw/*.json"]]
        },
        "gate": {
          "description": "checks that must hold before a later phase starts",
          "markdownDescription": "Checks that must hold before a later phase starts.\n\nExample: `[{\"exists\": \"data/raw/*.json\"}]`",
          "$ref": "#/definitions/checks",
          "examples": [[{"exists": "data/raw/*.json"}]]
        },
        "needs": {
          "description": "the phases that must be done before; default: the one listed above; none: an empty list",
          "markdownDescription": "The phases that must be done before; default: the one listed above; none: an empty list.\n\nExample: `[\"extract\"]` · `[]`",
          "$ref": "#/definitions/strings",
          "examples": [["extract"], []]
        }
      },
      "patternProperties": {"^x-": {}}
    },
    "param": {
      "type": ["string", "number", "boolean", "null", "array", "object"],
      "additionalProperties": false,
      "properties": {
        "type": {
          "description": "the type of the value; default string",
          "markdownDescription": "The type of the value; default string.\n\nExample: `date` · `int`",
          "$ref": "#/definitions/valueType",
          "examples": ["date", "int"]
        },
        "required": {
          "description": "whether a value must be given; such a parameter has no default",
          "markdownDescription": "Whether a value must be given; such a parameter has no default.\n\nExample: `true`",
          "type": "boolean",
          "examples": [true]
        },
        "default": {
          "description": "the value if none is given",
          "markdownDescription": "The value if none is given.\n\nExample: `staging`",
          "examples": ["staging"]
        },
        "choices": {
          "description": "the values that are allowed",
          "markdownDescription": "The values that are allowed.\n\nExample: `[\"staging\", \"prod\"]`",
          "type": "array",
          "minItems": 1,
          "examples": [["staging", "prod"]]
        },
        "description": {
          "description": "what the parameter means",
          "markdownDescription": "What the parameter means.\n\nExample: `Load date`",
          "type": "string",
          "examples": ["Load date"]
        }
      }
    }
  }
}

"""##
}

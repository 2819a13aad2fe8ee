internal import PlanModel

extension StatusView {
  /// One JSON object, as `schemas/status.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      write(to: &json)
    }
    json.newline()
    return json.bytes
  }

  /// The members after `format_version`; also those of each plan in a list.
  func write(to json: inout JSONText) {
    json.member("plan", plan)
    json.key("run")
    if let run {
      json.object { json in
        json.member("id", run.id)
        json.member("state", run.state.rawValue)
        json.member("started_at", time: run.startedAt)
        json.member("finished_at", time: run.finishedAt)
        json.member("rerun_of", run.rerunOf)
      }
    } else {
      json.null()
    }
    json.member("steps", steps) { json, step in
      json.object { json in
        json.member("id", step.id)
        json.member("state", step.state.rawValue)
        json.member("attempts", step.attempts)
        json.member("exit_code", step.exitCode)
        json.member("duration_ms", step.durationMilliseconds)
        json.key("resources")
        if let usage = step.usage { usage.write(to: &json) } else { json.null() }
        json.member("reason", step.reason)
        json.member("allowed", step.isAllowed)
        json.key("conflict")
        if let conflict = step.conflict { conflict.write(to: &json) } else { json.null() }
        json.member("prompt", step.prompt)
        json.member("handoffs", step.handoffs) { json, package in
          json.object { json in
            json.member("to", package.receiver)
            json.member("path", package.path)
          }
        }
      }
    }
    json.member("approvals", approvals) { json, approval in approval.write(to: &json) }
    json.member("next_command", nextCommand)
  }
}

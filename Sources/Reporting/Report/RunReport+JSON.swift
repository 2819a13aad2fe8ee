internal import PlanModel

extension RunReport {
  /// One JSON object, as `schemas/report.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plan", plan)
      json.member("path", path)
      json.member("title", title)
      json.member("made_at", time: madeAt)
      json.member("run") { json in
        json.member("id", run)
        json.member("state", state.rawValue)
        json.member("started_at", time: startedAt)
        json.member("finished_at", time: finishedAt)
        json.member("rerun_of", rerunOf)
        json.member("profile", profile)
        json.key("params")
        json.map(params)
      }
      json.member("legs", legs) { json, leg in
        json.object { json in
          json.member("started_at", time: leg.startedAt)
          json.member("ended_at", time: leg.endedAt)
          json.member("exit_code", leg.exitCode)
          json.member("host", leg.host)
        }
      }
      json.member("phases", phases) { json, phase in
        json.object { json in
          json.member("id", phase.id)
          json.member("title", phase.title)
          json.member("objective", phase.objective)
          json.member("deliverables", phase.deliverables)
        }
      }
      json.member("steps", steps) { json, step in step.write(to: &json) }
      json.member("approvals", approvals) { json, approval in approval.write(to: &json) }
      json.member("next_command", nextCommand)
    }
    json.newline()
    return json.bytes
  }
}

extension ReportedStep {
  fileprivate func write(to json: inout JSONText) {
    json.object { json in
      json.member("id", id)
      json.member("title", title)
      json.member("phase", phase)
      json.member("action", action)
      json.member("needs", needs)
      json.member("finally", isFinally)
      json.member("state", state.rawValue)
      json.member("allowed", isAllowed)
      json.member("reason", reason)
      json.member("blocked_by", blockedBy)
      json.key("conflict")
      if let conflict { conflict.write(to: &json) } else { json.null() }
      json.member("attempts", attempts) { json, attempt in
        json.object { json in
          json.member("number", attempt.number)
          json.member("state", attempt.state.rawValue)
          json.member("started_at", time: attempt.startedAt)
          json.member("ended_at", time: attempt.endedAt)
          json.member("duration_ms", attempt.duration)
          json.member("exit_code", attempt.exitCode)
          json.member("signal", attempt.signal)
          json.member("reason", attempt.reason)
          json.key("resources")
          if let usage = attempt.usage { usage.write(to: &json) } else { json.null() }
          json.member("logs", attempt.logs) { json, log in
            json.object { json in
              json.member("stream", log.stream)
              json.member("text", log.text)
              json.member("cut", log.isCut)
            }
          }
        }
      }
      json.member("checks", checks) { json, check in
        json.object { json in
          json.member("title", check.title)
          json.member("severity", check.severity)
          json.member("failure", check.failure)
          json.member("found", check.found)
          json.member("samples", check.samples)
        }
      }
      json.key("values")
      json.map(values)
      json.member("outputs", outputs) { json, output in
        json.object { json in
          json.member("path", output.path)
          json.member("sha256", output.sha256)
        }
      }
    }
  }
}

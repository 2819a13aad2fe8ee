internal import PlanModel
internal import Planner

extension PlanView {
  /// One JSON object, as `schemas/changeset.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plan", plan)
      json.member("title", title)
      json.member("digest", digest)
      json.member("run", run)
      json.member("steps", steps) { json, step in
        json.object { json in
          json.member("id", step.id)
          json.member("title", step.title)
          json.member("phase", step.phase)
          json.member("action", step.action)
          json.member("decision", step.decision.rawValue)
          json.member("reasons", step.reasons) { json, reason in
            json.object { json in
              json.member("kind", reason.kind)
              json.member("detail", reason.detail)
            }
          }
          json.member("idempotence", step.idempotence.rawValue)
          json.member("needs", step.needs)
          json.member("until", step.until)
          json.member("labels", step.labels)
          guard showsDiffs else { return }
          json.key("diff")
          if let diff = step.diff { diff.write(to: &json) } else { json.null() }
        }
      }
      json.key("selection")
      if let selection { selection.write(to: &json) } else { json.null() }
      json.member("summary") { json in
        for decision in Decision.allCases { json.member(decision.rawValue, count(decision)) }
      }
      json.member("next_command", nextCommand)
      guard let saved else { return }
      json.member("saved") { json in
        json.member("file", saved.file)
        json.member("id", saved.id)
      }
    }
    json.newline()
    return json.bytes
  }
}

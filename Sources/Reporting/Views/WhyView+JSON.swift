internal import PlanModel
internal import Planner

extension WhyView {
  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("id", id)
      json.member("decision", decision.rawValue)
      json.member("reasons", reasons) { json, reason in
        json.object { json in
          json.member("kind", reason.kind)
          json.member("detail", reason.detail)
        }
      }
      json.key("last_success")
      if let comparison { comparison.write(to: &json) } else { json.null() }
      json.member("guards", guards) { json, item in
        json.object { json in
          json.member("guard", item.name)
          json.member("answer", item.answer.rawValue)
          json.member("detail", item.detail)
        }
      }
      json.member("idempotence", idempotence.rawValue)
      json.member("needs", needs)
    }
    json.newline()
    return json.bytes
  }
}

extension WhyView.Comparison {
  fileprivate func write(to json: inout JSONText) {
    json.object { json in
      json.member("run", run)
      json.member("fingerprint") { json in
        for (name, digests) in [
          ("definition", definition), ("values", upstream), ("inputs", inputs), ("outputs", outputs),
        ] {
          json.member(name) { json in digests.write(to: &json) }
        }
      }
      json.member("fields", fields) { json, field in
        json.object { json in
          json.member("field", field.name)
          json.member("old", field.old)
          json.member("new", field.new)
        }
      }
      for (name, reads) in [("values", values), ("inputs", inputFiles), ("outputs", outputFiles)] {
        json.member(name, reads) { json, read in
          json.object { json in
            json.member(name == "values" ? "value" : "path", read.name)
            read.digests.write(to: &json)
            if name == "values" { json.member("known", !read.isUnknown) }
          }
        }
      }
      json.member("needs", needs) { json, need in
        json.object { json in
          json.member("id", need.id)
          json.member("state", need.state.rawValue)
          need.result.write(to: &json)
        }
      }
    }
  }
}

extension WhyView.Digests {
  /// As members of an object.
  fileprivate func write(to json: inout JSONText) {
    json.member("old", old)
    json.member("new", new)
    json.member("changed", isChanged)
  }
}

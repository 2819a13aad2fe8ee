extension CrashView {
  /// One JSON object, as `schemas/test.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plan", plan)
      json.member("safe", isSafe)
      json.member("failure", failure)
      json.member("steps", steps) { json, step in
        json.object { json in
          json.member("id", step.id)
          json.member("action", step.action)
          json.member("idempotence", step.idempotence)
          for (moment, cell) in zip(CrashView.momentNames, step.cells) { json.member(moment, cell.rawValue) }
          json.member("reason", step.reason)
        }
      }
      json.member("defects", defects) { json, defect in
        json.object { json in
          json.member("kind", defect.kind)
          json.member("step", defect.step.isEmpty ? nil : defect.step)
          json.member("moment", defect.moment)
          json.member("path", defect.path)
          json.member("what", defect.what)
          json.member("why", defect.why)
          json.member("fix", defect.fix)
        }
      }
      json.member("notes", notes) { json, note in
        json.object { json in
          json.member("step", note.step)
          json.member("text", note.text)
        }
      }
      json.member(
        "copies",
        object: { json in
          json.member("files", files)
          json.member("bytes", bytes)
          json.member("left_out", leftOut)
          json.member("kept", kept)
        })
      json.member(
        "summary",
        object: { json in
          json.member("steps", steps.count)
          json.member("untested", steps.count { $0.reason != nil })
          json.member("asking", steps.count { $0.cells.contains(.asks) })
          json.member("defects", defects.count)
          json.member("kills", kills)
          json.member("runs", runs)
          json.member("duration_ms", durationMilliseconds)
        })
      json.member("next_command", nextCommand)
    }
    json.newline()
    return json.bytes
  }
}

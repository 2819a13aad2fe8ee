internal import PlanModel
internal import SourceText

extension ShowView {
  /// One JSON object and a line end. `estimate_ms` is the upper bound, in working time.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("title", title)
      json.member("plan", plan)
      json.member("dialect", dialect)
      json.member("strategy", strategy?.rawValue)
      json.member("purpose", notes.purpose)
      json.member("sections", sections) { json, section in
        json.object { json in
          json.member("kind", section.kind)
          json.member("heading", section.heading)
          json.member("line", section.line)
          json.member("level", section.level)
        }
      }
      json.member("progress") { json in
        json.member("done", progress?.done ?? 0)
        json.member("open", progress?.open ?? 0)
        json.member("other", progress?.other ?? 0)
        json.member("last_activity", time: progress?.lastActivity)
      }
      writePhasesAndSteps(to: &json)
      writeTasks(to: &json)
      json.member("relations", relations) { json, relation in
        json.object { json in
          json.member("kind", relation.kind.rawValue)
          json.member("plan", relation.target.value)
          json.member("of", relation.subject?.value)
        }
      }
      json.member("candidates", candidates) { json, candidate in
        json.object { json in
          json.member("line", candidate.line)
          json.member("language", candidate.language)
        }
      }
      json.member("critical_path") { json in
        json.member("ids", criticalPath)
        json.member("estimate_ms", milliseconds(criticalTime))
      }
      json.member("estimate_ms", milliseconds(summedTime))
      writeNotes(to: &json)
    }
    json.newline()
    return json.bytes
  }

  private func writePhasesAndSteps(to json: inout JSONText) {
    json.member("phases", phases) { json, phase in
      json.object { json in
        json.member("id", phase.id)
        json.member("title", phase.title)
        json.member("objective", phase.objective)
        json.member("owner", phase.owner)
        write(phase.estimate, to: &json)
        json.member("deliverables", phase.deliverables)
        json.member("needs", phase.needs)
        json.member("gate", phase.gate)
        json.member("criteria", phase.criteria)
        json.member("dependencies", phase.dependencies)
        json.member("component", phase.isComponent)
        json.member("steps", phase.steps)
      }
    }
    json.member("steps", steps) { json, step in
      json.object { json in
        json.member("id", step.id)
        json.member("title", step.title)
        json.member("action", step.action)
        json.member("phase", step.phase)
        json.member("owner", step.owner)
        write(step.estimate, to: &json)
        json.member("needs", step.needs)
        json.member("labels", step.labels)
        json.member("finally", step.isFinally)
      }
    }
    guard !handoffs.isEmpty else { return }
    json.member("handoffs", handoffs) { json, package in
      json.object { json in
        json.member("from", package.step)
        json.member("to", package.receiver)
        json.member("artifacts", package.artifacts)
        json.member("requirements", package.requirements)
      }
    }
  }

  private func writeTasks(to json: inout JSONText) {
    json.member("tasks", Array(tasks.enumerated())) { json, entry in
      let (index, task) = entry
      json.object { json in
        json.member("id", task.id.value)
        json.member("title", task.title)
        json.member("phase", task.phase?.value)
        json.member("owner", task.owner)
        json.member("status", task.status)
        json.member("state", task.state.rawValue)
        json.member("effort", task.effort)
        write(task.estimate, to: &json)
        json.member("needs", task.needs.map(\.value))
        json.member("soft_needs", task.softNeeds.map(\.value))
        json.member("other_needs", task.otherNeeds)
        json.member("line", taskLines.indices.contains(index) ? taskLines[index] : nil)
      }
    }
  }

  private func writeNotes(to json: inout JSONText) {
    json.member("resources") { json in
      json.member("team", notes.team) { json, member in
        json.object { json in
          json.member("role", member.role)
          json.member("fte", member.fte)
        }
      }
      json.member("infrastructure", notes.infrastructure)
      json.member("budget", notes.budget)
    }
    json.member("success_factors", notes.successFactors)
    json.member("risks", notes.risks) { json, risk in
      json.object { json in
        json.member("risk", risk.risk)
        json.member("likelihood", risk.likelihood)
        json.member("impact", risk.impact)
        json.member("mitigation", risk.mitigation)
      }
    }
    json.member("schedule") { json in
      json.member("start", notes.schedule.start)
      json.member("target", notes.schedule.target)
      json.member("team_size", notes.schedule.teamSize)
      json.member("sprints", notes.schedule.sprints)
    }
    json.member("quality_gates", notes.qualityGates) { json, gate in
      json.object { json in
        json.member("name", gate.name)
        json.member("timing", gate.timing)
        json.member("criteria", gate.criteria)
        switch gate.place {
        case .before(let phase): json.member("before", phase)
        case .after(let phase): json.member("after", phase)
        case nil: break
        }
      }
    }
    json.member("milestones", notes.milestones) { json, milestone in
      json.object { json in
        json.member("name", milestone.name)
        json.member("date", milestone.date)
        json.member("criteria", milestone.criteria)
      }
    }
  }

  private func write(_ estimate: Estimate?, to json: inout JSONText) {
    let time = estimate.map { WorkingTime(lowMinutes: $0.lowMinutes, highMinutes: $0.highMinutes) }
    json.member("estimate_ms", milliseconds(time))
    json.key("estimate")
    guard let estimate else { return json.null() }
    json.object { json in
      json.member("text", estimate.text)
      json.member("low_minutes", estimate.lowMinutes)
      json.member("high_minutes", estimate.highMinutes)
    }
  }

  private func milliseconds(_ time: WorkingTime?) -> Int? {
    guard let time else { return nil }
    let (product, overflow) = time.highMinutes.multipliedReportingOverflow(by: 60_000)
    return overflow ? Int.max : product
  }
}

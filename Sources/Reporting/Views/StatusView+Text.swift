internal import PlanModel

extension StatusView {
  /// A header, the table of steps, and the next command.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970, for relative times.
  ///   - showsResources: whether the table says what each step used.
  package func text(_ style: Style, now: Int64, width: Int? = nil, showsResources: Bool = false) -> String {
    var out = style.paint(PrintableText.line(plan), .heading)
    if let run {
      out += ": run \(run.id) \(style.paint(run.state.word, run.state.role))"
      out += ", started \(PeopleText.relative(run.startedAt, now: now)) (\(Timestamp.absolute(run.startedAt)))"
      let end = run.finishedAt ?? (run.state == .running ? now : nil)
      if let end { out += ", \(PeopleText.duration(milliseconds: end &- run.startedAt))" }
      if let former = run.rerunOf { out += ", a part of run \(former) again" }
      out += "\n"
    } else {
      out += ": never run\n"
    }
    if !steps.isEmpty {
      var columns: [Table.Column] = [
        .init("step"), .init("state"), .init("attempts", .right), .init("duration", .right),
      ]
      if showsResources {
        columns += [.init("cpu", .right), .init("memory", .right), .init("read", .right), .init("written", .right)]
      }
      columns.append(.init("reason", isFlexible: true))
      var table = Table(columns, indent: 2)
      table.wraps = true
      for step in steps {
        var reason = step.reason ?? ""
        if let code = step.exitCode, code != 0, reason.isEmpty { reason = "exit \(code)" }
        var row: [Table.Cell] = [
          .init(step.id), .init(step.state.word, step.state.role),
          .init(step.attempts > 0 ? String(step.attempts) : ""),
          .init(step.durationMilliseconds.map { PeopleText.duration(milliseconds: $0) } ?? ""),
        ]
        if showsResources { row += StatusView.resources(step.usage) }
        table.rows.append(row + [.init(reason)])
      }
      out +=
        "\n" + table.text(style, width: width) + "\n" + StepState.counts(steps.map(\.state)) + "\n" + agentFiles
        + approvalLines
    }
    if let nextCommand { out += "next: \(PrintableText.line(nextCommand))\n" }
    return out
  }

  /// The audit trail.
  private var approvalLines: String {
    approvals.map { approval in
      let more = approval.remarks.isEmpty ? "" : ": \(approval.remarks.joined(separator: ", "))"
      let text =
        "\(approval.step): \(approval.decision) by \(approval.person) at \(Timestamp.absolute(approval.at))\(more)"
      return PrintableText.line(text) + "\n"
    }.joined()
  }

  /// Where agents find what they are given.
  private var agentFiles: String {
    var lines = ""
    for step in steps {
      if let prompt = step.prompt { lines += "prompt of \(step.id): \(PrintableText.line(prompt))\n" }
      for package in step.handoffs {
        lines += "hand-off of \(step.id) to \(package.receiver): \(PrintableText.line(package.path))\n"
      }
    }
    return lines
  }

  /// The cells of one step; empty where nothing is known.
  private static func resources(_ usage: AttemptUsage?) -> [Table.Cell] {
    guard let usage else { return [Table.Cell](repeating: .init(""), count: 4) }
    return [
      .init(usage.cpuText), .init(usage.peakMemory.map { PeopleText.size(bytes: $0) } ?? ""),
      .init(PeopleText.size(bytes: usage.readBytes)), .init(PeopleText.size(bytes: usage.writtenBytes)),
    ]
  }
}

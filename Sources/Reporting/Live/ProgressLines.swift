package import PlanModel

/// One line for each thing that happens, for logs and pipes, and above the live display.
package enum ProgressLines {
  /// `12:03:44Z fetch: started`; the attempt is named from the second on.
  package static func started(_ step: String, attempt: Int = 1, at time: Int64, style: Style = .plain) -> String {
    line(step, at: time, attempt > 1 ? "started, attempt \(attempt)" : "started", nil, style)
  }

  /// `12:03:45Z fetch: succeeded in 1.2 s`, with the reason behind it if there is one.
  package static func finished(
    _ step: String, _ state: StepState, durationMilliseconds: Int64?, reason: String? = nil, at time: Int64,
    style: Style = .plain
  ) -> String {
    var detail = durationMilliseconds.map { " in \(PeopleText.duration(milliseconds: $0))" } ?? ""
    if let reason, !reason.isEmpty { detail += ": \(PrintableText.line(reason))" }
    return line(step, at: time, style.paint(state.word, state.role) + detail, nil, style)
  }

  /// `12:03:45Z fetch: attempt 2 of 3 in 1.0 s: exit 75`.
  package static func retry(
    _ step: String, attempt: Int, of most: Int, inMilliseconds delay: Int64, reason: String, at time: Int64,
    style: Style = .plain
  ) -> String {
    let text = "attempt \(attempt) of \(most) in \(PeopleText.duration(milliseconds: delay))"
    return line(step, at: time, "\(text): \(PrintableText.line(reason))", .warning, style)
  }

  /// `12:03:45Z approval:load: approved by ana: rows look right`.
  package static func said(_ step: String, _ text: String, at time: Int64, style: Style = .plain) -> String {
    line(step, at: time, PrintableText.line(text), nil, style)
  }

  /// `12:03:45Z conf: will be overwritten: "app.conf" is there, and no run of this plan made it`.
  package static func conflict(
    _ step: String, _ choice: String, reason: String, at time: Int64, style: Style = .plain
  ) -> String {
    line(step, at: time, "\(choice): \(PrintableText.line(reason))", .warning, style)
  }

  private static func line(_ step: String, at time: Int64, _ text: String, _ role: Style.Role?, _ style: Style)
    -> String
  {
    style.paint(Timestamp.timeOfDay(time), .skipped) + " \(PrintableText.line(step)): " + style.paint(text, role)
  }
}

/// The lines that show a snapshot on a terminal.
package enum ProgressFrame {
  /// The frame: lines joined by LF, none wider than `width`, no more than `height`.
  ///
  /// Pure, so that it can be tested. What does not fit is counted in a last line.
  package static func frame(_ snapshot: ProgressSnapshot, width: Int, height: Int, style: Style) -> String {
    let width = max(1, width)
    var entries = snapshot.running.map { line($0, width: width, style: style) }
    entries += snapshot.retries.map { line($0, width: width, style: style) }
    var head = [DisplayWidth.truncated(summary(snapshot, style), to: width)]
    if let notice = snapshot.notice {
      head.append(style.paint(DisplayWidth.truncated(PrintableText.line(notice), to: width), .warning))
    }
    head = Array(head.prefix(max(1, height)))
    let room = max(0, height - head.count)
    if entries.count > room {
      let kept = max(0, room - 1)
      let hidden = entries.count - kept
      entries = Array(entries.prefix(kept))
      if room > 0 { entries.append(style.paint(DisplayWidth.truncated("  … \(hidden) more", to: width), .skipped)) }
    }
    return (head + entries).joined(separator: "\n")
  }

  /// `[5/20] 3 min 05 s  2 running, 1 skipped, 1 failed`.
  private static func summary(_ snapshot: ProgressSnapshot, _ style: Style) -> String {
    let ended = snapshot.done + snapshot.skipped + snapshot.failed
    var parts = [style.paint("\(snapshot.running.count) running", .running)]
    if snapshot.done > 0 { parts.append(style.paint("\(snapshot.done) done", .success)) }
    if snapshot.skipped > 0 { parts.append(style.paint("\(snapshot.skipped) skipped", .skipped)) }
    if snapshot.failed > 0 { parts.append(style.paint("\(snapshot.failed) failed", .error)) }
    if !snapshot.retries.isEmpty { parts.append(style.paint("\(snapshot.retries.count) to retry", .warning)) }
    let time = PeopleText.duration(milliseconds: snapshot.elapsedMilliseconds)
    let left = snapshot.remaining.map { remaining in
      ", \(remaining.isLeast ? "at least" : "about") \(PeopleText.duration(milliseconds: rounded(remaining.milliseconds))) left"
    }
    return style.paint("[\(ended)/\(snapshot.total)]", .heading) + " \(time)\(left ?? "")  "
      + parts.joined(separator: ", ")
  }

  /// Whole seconds: nobody knows it better.
  private static func rounded(_ milliseconds: Int64) -> Int64 { max(1, (milliseconds + 999) / 1000) * 1000 }

  private static func line(_ step: ProgressSnapshot.RunningStep, width: Int, style: Style) -> String {
    var text = "  " + style.paint(PrintableText.line(step.id), .running)
    text += " \(PeopleText.duration(milliseconds: step.elapsedMilliseconds))"
    if step.attempt > 1 { text += " (attempt \(step.attempt))" }
    if let last = step.lastLine, !last.isEmpty { text += style.paint("  \(PrintableText.line(last))", .skipped) }
    return DisplayWidth.truncated(text, to: width)
  }

  private static func line(_ retry: ProgressSnapshot.RetryWait, width: Int, style: Style) -> String {
    var text = "  " + style.paint(PrintableText.line(retry.id), .warning)
    text += " attempt \(retry.attempt) in \(PeopleText.duration(milliseconds: retry.remainingMilliseconds))"
    text += style.paint("  \(PrintableText.line(retry.reason))", .skipped)
    return DisplayWidth.truncated(text, to: width)
  }
}

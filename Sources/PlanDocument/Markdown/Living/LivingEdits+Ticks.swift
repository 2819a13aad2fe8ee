internal import Diagnostics
internal import SourceText

extension LivingEdits {
  /// How the file writes times, and what stands between a time at the start and the text.
  var use: (style: TimestampStyle, position: ItemTimestamp.Position, separator: String) {
    let (style, position) = living.timestampUse
    var separator = " "
    let bytes = plan.source.bytes
    for item in living.progress {
      guard let time = item.timestamp, time.style == style, time.position == .start else { continue }
      let end = time.range.upperBound
      if TextByte.starts(bytes, end, item.text.upperBound, with: ": ") {
        separator = ": "
      } else if TextByte.starts(bytes, end, item.text.upperBound, with: " - ") {
        separator = " - "
      } else {
        separator = " "
      }
    }
    return (style, position, separator)
  }

  /// One fix for each item whose tick disagrees with the checkpoint of its step.
  func ticks(_ states: [String: LivingFacts.ItemState]) -> [FixIt] {
    if states.isEmpty { return [] }
    let use = use
    var fixes: [FixIt] = []
    for item in living.progress {
      guard let prefix = item.prefix, prefix.kind == .identifier, let state = states[prefix.name] else { continue }
      switch state {
      case .done(let time): if item.state != .done { fixes.append(tick(item, time, use)) }
      case .notDone: if item.state == .done { fixes.append(untick(item, prefix)) }
      }
    }
    return fixes
  }

  private func tick(
    _ item: ProgressItem, _ time: Int64,
    _ use: (style: TimestampStyle, position: ItemTimestamp.Position, separator: String)
  ) -> FixIt {
    var replacements = [FixIt.Replacement(item.stateRange, with: mark(of: .done, like: item))]
    if let old = item.timestamp, old.position == .start, !old.hasText {
      replacements.append(.init(old.range, with: old.style.text(time)))
    } else if use.position == .end {
      let end = trimmedEnd(item)
      replacements.append(.init(SourceRange(start: end, end: end), with: " " + use.style.text(time)))
    } else {
      let start = item.text.lowerBound
      replacements.append(
        .init(SourceRange(start: start, end: start), with: use.style.text(time) + use.separator))
    }
    return FixIt("tick the item", replacements)
  }

  /// Takes the time back with the tick: it said when the item was done.
  private func untick(_ item: ProgressItem, _ prefix: ItemPrefix) -> FixIt {
    var replacements = [FixIt.Replacement(item.stateRange, with: mark(of: .open, like: item))]
    if let time = item.timestamp, !time.hasText, time.time != nil {
      if time.position == .start, time.range.upperBound <= prefix.range.lowerBound {
        replacements.append(
          .init(SourceRange(start: time.range.lowerBound, end: prefix.range.lowerBound), with: ""))
      } else if time.position == .end, time.range.lowerBound >= prefix.range.upperBound {
        var start = time.range.lowerBound
        while TextByte.isBlank(plan.source.bytes[start - 1]) { start -= 1 }
        replacements.append(.init(SourceRange(start: start, end: time.range.upperBound), with: ""))
      }
    }
    return FixIt("untick the item", replacements)
  }

  /// How the file writes a state with marks of the same sort.
  private func mark(of state: ProgressItem.State, like item: ProgressItem) -> String {
    switch item.mark {
    case .box:
      if state == .open { return " " }
      let other = living.progress.first { $0.state == .done && $0.mark == .box }
      return other.map { plan.source.text($0.stateRange) } ?? "x"
    case .word:
      let other = living.progress.first { $0.state == state && $0.mark == .word }
      return other.map { plan.source.text($0.stateRange) } ?? (state == .done ? "completed" : "pending")
    case .symbol:
      let other = living.progress.first { $0.state == state && $0.mark == .symbol }
      return other.map { plan.source.text($0.stateRange) } ?? (state == .done ? "✅" : "⬜")
    }
  }

  private func trimmedEnd(_ item: ProgressItem) -> Int {
    let line = item.continuation.last ?? item.text
    var end = line.upperBound
    while end > line.lowerBound, TextByte.isBlank(plan.source.bytes[end - 1]) { end -= 1 }
    return end
  }
}

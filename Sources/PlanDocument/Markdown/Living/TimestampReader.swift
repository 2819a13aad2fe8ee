internal import SourceText

/// Finds the times that people write into living sections.
struct TimestampReader {
  private let bytes: [UInt8]

  init(_ source: SourceFile) {
    bytes = source.bytes
  }

  /// The time of an item: at its start, else at its end, else in brackets anywhere.
  func read(_ lines: some RandomAccessCollection<SourceRange>) -> ItemTimestamp? {
    guard let first = lines.first, let last = lines.last else { return nil }
    if let found = atStart(first.lowerBound, first.upperBound) { return found }
    var inMiddle: ItemTimestamp?
    for line in lines {
      var position = line.lowerBound
      while let date = nextDate(position, line.upperBound) {
        position = date + 10
        guard let moment = moment(date, line.upperBound) else { continue }
        let opening = opening(before: date, from: line.lowerBound)
        let end = tail(moment.end, line.upperBound)
        let isLast = end == line.upperBound && line == last
        if isLast || opening != nil {
          let found = timestamp(moment, date, opening, line.upperBound, isLast ? .end : .middle)
          if isLast || found.position == .end { return found }
          inMiddle = inMiddle ?? found
        }
      }
    }
    return inMiddle
  }

  /// The time at the start of a text, behind marks of emphasis and an opening bracket.
  func atStart(_ start: Int, _ end: Int) -> ItemTimestamp? {
    var position = start
    while position < end, TextByte.isEmphasis(bytes[position]) { position += 1 }
    let opening = bracket(at: position, end)
    let inside = TextByte.skipBlanks(bytes, position + (opening?.length ?? 0), end)
    guard isDate(inside, end), let moment = moment(inside, end) else { return nil }
    return timestamp(moment, inside, opening.map { (position, $0.kind) }, end, .start)
  }

  // MARK: Brackets

  private func bracket(at position: Int, _ end: Int) -> (kind: TimestampStyle.Brackets, length: Int)? {
    guard position < end else { return nil }
    if bytes[position] == UInt8(ascii: "(") { return (.round, 1) }
    if bytes[position] == UInt8(ascii: "[") { return (.square, 1) }
    return TextByte.starts(bytes, position, end, with: "（") ? (.wide, 3) : nil
  }

  /// The bracket that a date further on stands in.
  private func opening(before date: Int, from start: Int) -> (Int, TimestampStyle.Brackets)? {
    var position = date
    // Brackets hold a word or two before the date: "(completed 2026-03-01)".
    let limit = max(start, date - 32)
    while position > limit {
      position -= 1
      let byte = bytes[position]
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { return nil }
      if let found = bracket(at: position, date) { return (position, found.kind) }
    }
    return nil
  }

  private func closing(_ kind: TimestampStyle.Brackets, from start: Int, to end: Int) -> (start: Int, end: Int)? {
    var position = start
    while position < end {
      switch kind {
      case .none: return nil
      case .round: if bytes[position] == UInt8(ascii: ")") { return (position, position + 1) }
      case .square: if bytes[position] == UInt8(ascii: "]") { return (position, position + 1) }
      case .wide: if TextByte.starts(bytes, position, end, with: "）") { return (position, position + 3) }
      }
      position += 1
    }
    return nil
  }

  /// The place after a bracket, full stop or mark of emphasis at the end of a text.
  private func tail(_ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      let byte = bytes[position]
      guard
        byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ".") || TextByte.isBlank(byte)
          || TextByte.isEmphasis(byte)
      else { break }
      position += 1
    }
    return TextByte.starts(bytes, position, end, with: "）") ? position + 3 : position
  }

  private func timestamp(
    _ moment: Moment, _ start: Int, _ opening: (start: Int, kind: TimestampStyle.Brackets)?, _ end: Int,
    _ position: ItemTimestamp.Position
  ) -> ItemTimestamp {
    var range = SourceRange(start: start, end: moment.end)
    let inner = range
    var style = moment.style
    var hasText = false
    var position = position
    if let opening, let close = closing(opening.kind, from: moment.end, to: end) {
      style.brackets = opening.kind
      range = SourceRange(start: opening.start, end: close.end)
      let before = opening.start + (opening.kind == .wide ? 3 : 1)
      hasText = !isBlank(before, start) || !isBlank(moment.end, close.start)
      if position == .middle, tail(close.end, end) == end { position = .end }
    }
    return ItemTimestamp(
      range: range, inner: inner, time: moment.time, style: style, position: position, hasText: hasText)
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool { TextByte.skipBlanks(bytes, start, end) >= end }

  // MARK: Date and time

  private struct Moment {
    var time: CivilTime?
    var style: TimestampStyle
    var end: Int
  }

  /// The next date that is no part of a path, a name or a longer number.
  private func nextDate(_ start: Int, _ end: Int) -> Int? {
    var position = start
    while position + 10 <= end {
      if bytes[position] == UInt8(ascii: "2"), isDate(position, end), !isInWord(before: position, start) {
        return position
      }
      position += 1
    }
    return nil
  }

  private func isInWord(before position: Int, _ start: Int) -> Bool {
    guard position > start else { return false }
    let byte = bytes[position - 1]
    return TextByte.isDigit(byte) || TextByte.isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "`")
  }

  /// `20YY-MM-DD` that is not the beginning of a longer word.
  private func isDate(_ start: Int, _ end: Int) -> Bool {
    guard start + 10 <= end, bytes[start] == UInt8(ascii: "2"), bytes[start + 4] == UInt8(ascii: "-"),
      bytes[start + 7] == UInt8(ascii: "-")
    else { return false }
    for place in [1, 2, 3, 5, 6, 8, 9] where !TextByte.isDigit(bytes[start + place]) { return false }
    guard start + 10 < end else { return true }
    let next = bytes[start + 10]
    if next == UInt8(ascii: "T") || next == UInt8(ascii: "t") { return number(start + 11, 2, end) != nil }
    return
      !(TextByte.isDigit(next) || TextByte.isLetter(next) || next == UInt8(ascii: "-") || next == UInt8(ascii: "/")
      || next == UInt8(ascii: "_"))
  }

  private func number(_ start: Int, _ count: Int, _ end: Int) -> Int? {
    guard start + count <= end else { return nil }
    var value = 0
    for position in start..<start + count {
      guard TextByte.isDigit(bytes[position]) else { return nil }
      value = value * 10 + Int(bytes[position] - 0x30)
    }
    return value
  }

  private func moment(_ start: Int, _ end: Int) -> Moment? {
    guard let year = number(start, 4, end), let month = number(start + 5, 2, end), let day = number(start + 8, 2, end)
    else { return nil }
    var style = TimestampStyle(brackets: .none, precision: .day, hasT: false, zone: .none)
    var position = start + 10
    var clock = (hour: 0, minute: 0, second: 0)
    if let time = clockTime(position, end) {
      style.hasT = !TextByte.isBlank(bytes[position])
      style.precision = time.precision
      clock = (time.hour, time.minute, time.second)
      position = time.end
      (style.zone, position) = zone(position, end)
    }
    let offset: Int?
    switch style.zone {
    case .none: offset = nil
    case .z: offset = 0
    case .offset(let minutes, _, _): offset = minutes
    case .named(let name): offset = TimeZoneNames.offsets[name]
    }
    let time = CivilTime(
      year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
      precision: style.precision, offset: offset)
    return Moment(time: time, style: style, end: position)
  }

  private func clockTime(
    _ start: Int, _ end: Int
  ) -> (hour: Int, minute: Int, second: Int, precision: CivilTime.Precision, end: Int)? {
    guard start < end, bytes[start] | 0x20 == UInt8(ascii: "t") || TextByte.isBlank(bytes[start]),
      let hour = number(start + 1, 2, end), start + 3 < end, bytes[start + 3] == UInt8(ascii: ":"),
      let minute = number(start + 4, 2, end)
    else { return nil }
    var position = start + 6
    guard position < end, bytes[position] == UInt8(ascii: ":"), let second = number(position + 1, 2, end) else {
      return (hour, minute, 0, .minute, position)
    }
    position += 3
    if position + 1 < end, bytes[position] == UInt8(ascii: "."), TextByte.isDigit(bytes[position + 1]) {
      position += 1
      while position < end, TextByte.isDigit(bytes[position]) { position += 1 }
    }
    return (hour, minute, second, .second, position)
  }

  private func zone(_ start: Int, _ end: Int) -> (TimestampStyle.Zone, Int) {
    let position = TextByte.skipBlanks(bytes, start, end)
    let hasBlank = position > start
    guard position < end else { return (.none, start) }
    let byte = bytes[position]
    if byte | 0x20 == UInt8(ascii: "z"), position + 1 == end || !TextByte.isLetter(bytes[position + 1]) {
      return (.z(hasBlank: hasBlank), position + 1)
    }
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), let hours = number(position + 1, 2, end), hours < 24 {
      let hasColon = position + 3 < end && bytes[position + 3] == UInt8(ascii: ":")
      let place = position + (hasColon ? 4 : 3)
      let minutes = number(place, 2, end)
      if let minutes, minutes < 60 {
        let sign = byte == UInt8(ascii: "-") ? -1 : 1
        return (
          .offset(minutes: sign * (hours * 60 + minutes), hasColon: hasColon, hasBlank: hasBlank), place + 2
        )
      }
    }
    var name = position
    while name < end, TextByte.isUpper(bytes[name]), name - position < 6 { name += 1 }
    guard (3...5).contains(name - position), name == end || !isWordByte(bytes[name]) else { return (.none, start) }
    let text = String(decoding: bytes[position..<name], as: UTF8.self)
    guard TimeZoneNames.offsets[text] != nil || text == "CST" || text == "IST" || text == "BST" else {
      return (.none, start)
    }
    return (.named(text), name)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    TextByte.isLetter(byte) || TextByte.isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}

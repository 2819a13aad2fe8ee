/// How the program of an attempt ended, as its keeper wrote it down.
package struct ExitRecord: Hashable, Sendable {
  package enum End: Hashable, Sendable {
    case ended(ExitStatus)
    /// The program was never started: why, and the exit code that a shell gives for it.
    case notStarted(String, exitCode: Int)
  }

  /// Of the leg that started the keeper.
  package var nonce: String
  package var attempt: Int64
  package var end: End
  /// Whether the keeper ended it because its time was over and nobody else did.
  package var isTimedOut: Bool
  package var started: BootInstant
  package var ended: BootInstant
  /// Wall time of the end, milliseconds since 1970, UTC.
  package var endedAt: Int64
  package var usage: ResourceUsage
  /// Whether the keeper compared the output with what is expected of it.
  package var isJudged: Bool
  /// What was expected of the output and not found; nil when all of it was, or when nobody asked the keeper.
  package var mismatch: String?

  package init(
    nonce: String, attempt: Int64, end: End, isTimedOut: Bool = false, started: BootInstant, ended: BootInstant,
    endedAt: Int64, usage: ResourceUsage = ResourceUsage(), isJudged: Bool = false, mismatch: String? = nil
  ) {
    self.nonce = nonce
    self.attempt = attempt
    self.end = end
    self.isTimedOut = isTimedOut
    self.started = started
    self.ended = ended
    self.endedAt = endedAt
    self.usage = usage
    self.isJudged = isJudged
    self.mismatch = mismatch
  }
}

/// Lines of a name and a value each, so that a person can read it; the last one is `end`, so that a part of it is never
/// taken for the whole.
extension ExitRecord {
  private static let title = "execplan exit record 1"
  private static let textLimit = 8 << 10

  package var text: String {
    var lines = [ExitRecord.title, "nonce \(nonce)", "attempt \(attempt)"]
    switch end {
    case .ended(.exited(let code)): lines.append("exit \(code)")
    case .ended(.signalled(let signal)): lines.append("signal \(signal)")
    case .notStarted(let why, let code):
      lines.append("exit \(code)")
      lines.append("not_started \(ExitRecord.escaped(why))")
    }
    if isTimedOut { lines.append("timed_out 1") }
    lines.append("started \(started.nanoseconds)")
    lines.append("ended \(ended.nanoseconds)")
    lines.append("ended_at \(endedAt)")
    lines.append("user_us \(usage.userTime.wholeNanoseconds / 1000)")
    lines.append("system_us \(usage.systemTime.wholeNanoseconds / 1000)")
    if let resident = usage.maxResidentKiB { lines.append("max_rss_kib \(resident)") }
    lines.append("read_bytes \(usage.readBytes)")
    lines.append("written_bytes \(usage.writtenBytes)")
    if isJudged { lines.append("judged 1") }
    if let mismatch { lines.append("mismatch \(ExitRecord.escaped(mismatch))") }
    lines.append("end")
    return lines.joined(separator: "\n") + "\n"
  }

  /// nil when the bytes are no whole record.
  package init?(bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 3, lines[0].elementsEqual(ExitRecord.title.utf8), lines[lines.count - 1].isEmpty,
      lines[lines.count - 2].elementsEqual("end".utf8)
    else { return nil }
    var fields: [String: String] = [:]
    for line in lines[1..<lines.count - 2] {
      guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
      fields[String(decoding: line[..<space], as: UTF8.self)] = ExitRecord.unescaped(line[(space + 1)...])
    }
    func number<N: FixedWidthInteger>(_ name: String) -> N? { fields[name].flatMap { N($0) } }
    guard let nonce = fields["nonce"], let attempt: Int64 = number("attempt"), let started: Int64 = number("started"),
      let ended: Int64 = number("ended"), let endedAt: Int64 = number("ended_at"), let user: Int64 = number("user_us"),
      let system: Int64 = number("system_us")
    else { return nil }
    let end: End
    if let why = fields["not_started"], let code: Int = number("exit") {
      end = .notStarted(why, exitCode: code)
    } else if let code: Int = number("exit") {
      end = .ended(.exited(code))
    } else if let signal: Int = number("signal") {
      end = .ended(.signalled(signal))
    } else {
      return nil
    }
    self.init(
      nonce: nonce, attempt: attempt, end: end, isTimedOut: fields["timed_out"] == "1",
      started: BootInstant(nanoseconds: started), ended: BootInstant(nanoseconds: ended), endedAt: endedAt,
      usage: ResourceUsage(
        userTime: .microseconds(user), systemTime: .microseconds(system), maxResidentKiB: number("max_rss_kib"),
        readBytes: number("read_bytes") ?? 0, writtenBytes: number("written_bytes") ?? 0),
      isJudged: fields["judged"] == "1", mismatch: fields["mismatch"])
  }

  /// Text of a message: what is longer than a message is, is cut off.
  private static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8.prefix(textLimit) {
      switch byte {
      case UInt8(ascii: "\\"): result += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): result += Array("\\n".utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func unescaped(_ text: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in text {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      }
      result.append(isEscaped && byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
      isEscaped = false
    }
    return String(decoding: result, as: UTF8.self)
  }
}

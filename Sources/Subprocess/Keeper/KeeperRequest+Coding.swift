/// The bytes of a request: a word that names the format, then the fields in order, strings with their length before
/// them. Both ends are the same program, so there are no versions.
extension KeeperRequest {
  static let magic = Array("EXPKEEP1".utf8)

  package var bytes: [UInt8] {
    var writer = FieldWriter(KeeperRequest.magic)
    writer.add(nonce)
    writer.add(attempt)
    writer.add(stdoutPath)
    writer.add(stderrPath)
    writer.add(recordPath)
    writer.add(executable)
    writer.add(arguments)
    writer.add(environment)
    writer.add(directory)
    writer.add(fallsBackToShell ? 1 : 0)
    writer.add(Int64(markOffsets.count))
    for offset in markOffsets { writer.add(offset) }
    writer.add(limits.total)
    writer.add(limits.head)
    writer.add(timeout ?? -1)
    writer.add(grace)
    writer.add(masks ? 1 : 0)
    writer.add(secrets)
    writer.add(expectations)
    writer.add(input == nil ? 0 : 1)
    writer.add(input ?? [])
    return writer.bytes
  }

  /// nil when the bytes are no request, or not a whole one.
  package init?(bytes: [UInt8]) {
    guard bytes.starts(with: KeeperRequest.magic) else { return nil }
    var reader = FieldReader(bytes, from: KeeperRequest.magic.count)
    guard let nonce = reader.text(), let attempt = reader.number(), let stdout = reader.text(),
      let stderr = reader.text(), let record = reader.text(), let executable = reader.text(),
      let arguments = reader.strings(), let environment = reader.strings(), let directory = reader.text(),
      let fallsBack = reader.number(), let offsets = reader.numbers(), let total = reader.number(),
      let head = reader.number(), let timeout = reader.number(), let grace = reader.number(),
      let masks = reader.number(), let secrets = reader.strings(), let expectations = reader.string(),
      let hasInput = reader.number(), let input = reader.string(), reader.isAtEnd
    else { return nil }
    self.init(
      nonce: nonce, attempt: attempt, stdoutPath: stdout, stderrPath: stderr, recordPath: record,
      executable: executable, arguments: arguments, environment: environment, directory: directory,
      fallsBackToShell: fallsBack != 0, markOffsets: offsets, limits: CaptureLimits(total: total, head: head),
      timeout: timeout < 0 ? nil : timeout, grace: max(0, grace), masks: masks != 0, secrets: secrets,
      expectations: expectations, input: hasInput == 0 ? nil : input)
  }
}

private struct FieldWriter {
  var bytes: [UInt8]

  init(_ magic: [UInt8]) { bytes = magic }

  mutating func add(_ number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  mutating func add(_ string: some Collection<UInt8>) {
    add(Int64(string.count))
    bytes.append(contentsOf: string)
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ strings: [[UInt8]]) {
    add(Int64(strings.count))
    for string in strings { add(string) }
  }
}

private struct FieldReader {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() -> Int64? {
    guard bytes.count - position >= 8 else { return nil }
    var number: Int64 = 0
    for index in 0..<8 { number |= Int64(bytes[position + index]) << (8 * index) }
    position += 8
    return number
  }

  /// A count that the rest of the bytes can hold.
  private mutating func count(of size: Int) -> Int? {
    guard let number = number(), number >= 0, number <= Int64((bytes.count - position) / size) else { return nil }
    return Int(number)
  }

  mutating func numbers() -> [Int64]? {
    guard let count = count(of: 8) else { return nil }
    var numbers: [Int64] = []
    for _ in 0..<count {
      guard let number = number() else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  mutating func string() -> [UInt8]? {
    guard let count = count(of: 1) else { return nil }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func text() -> String? { string().map { String(decoding: $0, as: UTF8.self) } }

  mutating func strings() -> [[UInt8]]? {
    guard let count = count(of: 8) else { return nil }
    var strings: [[UInt8]] = []
    for _ in 0..<count {
      guard let string = string() else { return nil }
      strings.append(string)
    }
    return strings
  }
}

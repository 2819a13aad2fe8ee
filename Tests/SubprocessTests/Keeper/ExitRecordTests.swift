internal import Foundation
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct ExitRecordTests {
  static func record(
    _ end: ExitRecord.End, mismatch: String? = nil, isTimedOut: Bool = false, resident: Int64? = 5
  ) -> ExitRecord {
    ExitRecord(
      nonce: "00ff", attempt: 7, end: end, isTimedOut: isTimedOut, started: BootInstant(nanoseconds: 5),
      ended: BootInstant(nanoseconds: 9_000_000), endedAt: 1_700_000_000_000,
      usage: ResourceUsage(
        userTime: .milliseconds(3), systemTime: .microseconds(4), maxResidentKiB: resident, readBytes: 512,
        writtenBytes: 1 << 40),
      isJudged: mismatch != nil, mismatch: mismatch)
  }

  static let records = [
    record(.ended(.exited(0))), record(.ended(.exited(3)), mismatch: "line 1 of stdout is \"a\\n\r\nb\""),
    record(.ended(.signalled(15)), isTimedOut: true, resident: nil),
    record(.notStarted("no \"x\"\nend\n", exitCode: 127)),
  ]

  @Test(arguments: records) func aRecordIsReadAsItWasWritten(_ record: ExitRecord) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path("7.exit")
    try record.write(to: path)
    #expect(ExitRecord.read(path, attempt: 7, nonce: "00ff") == record)
    #expect(ExitRecord.read(path, attempt: 8, nonce: "00ff") == nil)
    #expect(ExitRecord.read(path, attempt: 7, nonce: "00fe") == nil)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["7.exit"])
  }

  /// A later record takes the place of an earlier one, also of a draft that a crash left.
  @Test func aDraftOfACrashIsNoRecordAndNotInTheWay() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("7.exit.new", "execplan exit record 1\nnonce 00ff")
    #expect(ExitRecord.read(folder.path("7.exit"), attempt: 7, nonce: "00ff") == nil)
    for record in Self.records {
      try record.write(to: folder.path("7.exit"))
      #expect(ExitRecord.read(folder.path("7.exit"), attempt: 7, nonce: "00ff") == record)
    }
  }

  @Test func aPartOfARecordIsNone() throws {
    for record in Self.records {
      let bytes = Array(record.text.utf8)
      #expect(ExitRecord(bytes: bytes) == record)
      for count in 0..<bytes.count { #expect(ExitRecord(bytes: Array(bytes[..<count])) == nil) }
      #expect(ExitRecord(bytes: bytes + [UInt8(ascii: "x")]) == nil)
    }
  }
}

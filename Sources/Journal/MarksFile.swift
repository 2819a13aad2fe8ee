internal import Digest
internal import FaultPoints
internal import Glibc

/// The preallocated file in which the children of a leg mark their launch.
///
/// A mark is not synced: it outlives a kill, not a power loss. So it is believed only by a reader on the
/// same boot that knows the nonce from the journal, finds the file whole, and finds it on the same mount: a device
/// that was taken away and came back may have lost what was not synced.
///
/// Layout, little-endian as the machines are: a header of 72 bytes (magic 8, nonce 16, boot id 36, number
/// of slots 4, mount id 8), then slots of 24 bytes (attempt 8, pid 4, spare 4, CLOCK_BOOTTIME nanoseconds 8). Slots
/// are never used twice; an empty one has attempt 0.
package final class MarksFile {
  package static let slotSize = 24
  private static let headerSize = 72
  private static let magic = Array("EXPMARK2".utf8)
  /// A file of 8 MiB: more attempts than a leg of 100,000 steps makes.
  private static let slotLimit = 349_525
  /// Slots made at a time: 96 KiB.
  private static let growth = 4096

  private let path: String
  private var slots: Int
  private var used = 0
  /// For `pwrite` by a child; children do not inherit it over exec.
  package let file: Int32
  /// 32 hexadecimal digits; goes into the journal with the leg.
  package let nonce: String

  /// Makes the file of a leg; the state directory must exist.
  package init(_ state: StateDirectory, leg: Int64, machine: Machine = .current) throws(JournalError) {
    let path = MarksFile.path(state, leg)
    // A leg that was never committed may have left a file under the same number.
    unsafe unlink(path)
    file = try openPrivate(path, O_RDWR | O_CREAT)
    self.path = path
    slots = 0
    var bytes = [UInt8](repeating: 0, count: 16)
    for index in bytes.indices { bytes[index] = UInt8.random(in: .min ... .max) }
    nonce = Hexadecimal.text(of: bytes)
    let boot = Array(machine.bootID.utf8.prefix(36))
    let header =
      MarksFile.magic + bytes + boot + [UInt8](repeating: 0, count: 40 - boot.count)
      + MarksFile.bytes(Mount.id(of: file))
    try writeAll(header, to: file, at: 0, path: path)
    try grow()
    faultPoint(.marksMade)
  }

  deinit { close(file) }

  /// Where the mark of the next launch goes in the file; the slot is then used.
  package func nextSlot() throws(JournalError) -> Int {
    if used == slots {
      try grow()
      faultPoint(.marksGrown)
    }
    defer { used += 1 }
    return MarksFile.headerSize + used * MarksFile.slotSize
  }

  /// The mark that a child wrote at a place that `nextSlot` gave; nil while it has not.
  package func mark(at offset: Int) -> Mark? {
    var slot = [UInt8](repeating: 0, count: MarksFile.slotSize)
    let count = unsafe slot.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, $0.count, off_t(offset)) }
    return count == MarksFile.slotSize ? MarksFile.mark(in: slot[...]) : nil
  }

  /// Marks the launch of an attempt that has no child: work in a thread of this process.
  package func mark(attempt: Int64) throws(JournalError) {
    let mark = Mark(attempt: attempt, pid: Int(getpid()), nanoseconds: Machine.boottimeNanoseconds)
    try writeAll(MarksFile.slot(mark), to: file, at: try nextSlot(), path: path)
  }

  /// The slot of an attempt as the child completes it: pid at byte 8, nanoseconds at byte 16.
  package static func template(attempt: Int64) -> [UInt8] {
    bytes(UInt64(bitPattern: attempt)) + [UInt8](repeating: 0, count: 16)
  }

  /// A whole slot.
  package static func slot(_ mark: Mark) -> [UInt8] {
    bytes(UInt64(bitPattern: mark.attempt)) + bytes(UInt32(truncatingIfNeeded: mark.pid)) + [0, 0, 0, 0]
      + bytes(mark.nanoseconds)
  }

  /// The marks of a leg; nil if they cannot be believed, so that every open claim is in doubt.
  package static func read(
    _ state: StateDirectory, leg: Int64, nonce: String, machine: Machine = .current
  ) -> [Mark]? {
    let path = path(state, leg)
    guard let file = try? openPrivate(path, O_RDONLY) else { return nil }
    defer { close(file) }
    let limit = headerSize + slotLimit * slotSize
    guard let content = try? readAll(file, limit: limit, path: path), content.count >= headerSize,
      content.starts(with: magic), Hexadecimal.text(of: Array(content[8..<24])) == nonce, !machine.bootID.isEmpty
    else { return nil }
    let boot = String(decoding: content[24..<60].prefix { $0 != 0 }, as: UTF8.self)
    let slots = Int(number(content[60..<64]))
    // The file grows before its header says so.
    guard boot == machine.bootID, number(content[64..<72]) == Mount.id(of: file), slots <= slotLimit,
      content.count >= headerSize + slots * slotSize
    else { return nil }
    var marks: [Mark] = []
    for index in 0..<slots {
      let start = headerSize + index * slotSize
      if let mark = mark(in: content[start..<start + slotSize]) { marks.append(mark) }
    }
    return marks
  }

  /// The attempts that a file of a leg marks, whatever boot and leg it belongs to; empty for a file that is not whole.
  static func marked(_ state: StateDirectory, leg: Int64) -> [Int64] {
    let path = path(state, leg)
    guard let file = try? openPrivate(path, O_RDONLY) else { return [] }
    defer { close(file) }
    let limit = headerSize + slotLimit * slotSize
    guard let content = try? readAll(file, limit: limit, path: path), content.starts(with: magic) else { return [] }
    return stride(from: headerSize, to: content.count - slotSize + 1, by: slotSize).map { start in
      Int64(bitPattern: number(content[start..<start + 8]))
    }.filter { $0 > 0 }
  }

  private static func mark(in slot: ArraySlice<UInt8>) -> Mark? {
    let start = slot.startIndex
    let attempt = Int64(bitPattern: number(slot[start..<start + 8]))
    guard attempt != 0 else { return nil }
    return Mark(
      attempt: attempt, pid: Int(number(slot[start + 8..<start + 12])),
      nanoseconds: number(slot[start + 16..<start + 24]))
  }

  /// Removes the file of a leg whose claims are settled.
  package static func remove(_ state: StateDirectory, leg: Int64) {
    unsafe unlink(path(state, leg))
  }

  private static func path(_ state: StateDirectory, _ leg: Int64) -> String { "\(state.marks)/\(leg).marks" }

  private func grow() throws(JournalError) {
    let wanted = min(slots + MarksFile.growth, MarksFile.slotLimit)
    guard wanted > slots else { throw .io("\"\(path)\" is full: a leg cannot make more attempts") }
    let size = MarksFile.headerSize + wanted * MarksFile.slotSize
    // Space that is there: a child must not meet a full disk.
    let injected = injectedError(slots == 0 ? .marksMade : .marksGrown)
    let code = injected != 0 ? injected : posix_fallocate(file, 0, off_t(size))
    guard code == 0 else {
      errno = code
      throw systemError("cannot make room in \"\(path)\"")
    }
    try writeAll(MarksFile.bytes(UInt32(wanted)), to: file, at: 60, path: path)
    slots = wanted
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// Little-endian: all machines that execplan runs on are.
  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

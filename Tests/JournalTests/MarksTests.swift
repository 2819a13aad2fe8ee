import Foundation
import Journal
import TestSupport
import Testing

private func put(_ marks: MarksFile, _ mark: Mark) throws {
  let offset = try marks.nextSlot()
  let bytes = MarksFile.slot(mark)
  #expect(bytes.count == MarksFile.slotSize)
  let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(marks.file, $0.baseAddress, $0.count, offset) }
  #expect(written == bytes.count)
}

@Test func marksAreReadBackInOrderOverManySlots() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  let marks = try MarksFile(state, leg: 3)
  let wanted = (1...5000).map { Mark(attempt: Int64($0), pid: $0 * 2, nanoseconds: UInt64($0) << 32) }
  for (index, mark) in wanted.enumerated() {
    try put(marks, mark)
    // A claim that was never launched leaves its slot empty.
    if index == 10 { _ = try marks.nextSlot() }
  }
  #expect(MarksFile.read(state, leg: 3, nonce: marks.nonce) == wanted)
  #expect(Array(MarksFile.slot(wanted[6]).prefix(8)) == Array(MarksFile.template(attempt: 7).prefix(8)))
}

@Test func marksOfAnotherBootOrLegOrTornFilesAreNotBelieved() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  let marks = try MarksFile(state, leg: 1)
  try put(marks, Mark(attempt: 1, pid: 2, nanoseconds: Machine.boottimeNanoseconds))
  #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce)?.count == 1)
  #expect(MarksFile.read(state, leg: 1, nonce: String(repeating: "0", count: 32)) == nil)
  let elsewhere = Machine(bootID: "another", host: Machine.current.host, pidNamespace: 0)
  #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce, machine: elsewhere) == nil)
  let path = state.marks + "/1.marks"
  let whole = try #require(FileManager.default.contents(atPath: path))
  for size in [0, 10, 71, 72, whole.count - 1] {
    try whole.prefix(size).write(to: URL(fileURLWithPath: path))
    #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce) == nil)
  }
  var moved = whole
  moved[64] ^= 1
  try moved.write(to: URL(fileURLWithPath: path))
  #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce) == nil, "of another mount")
  try whole.write(to: URL(fileURLWithPath: path))
  #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce)?.count == 1)
  MarksFile.remove(state, leg: 1)
  #expect(MarksFile.read(state, leg: 1, nonce: marks.nonce) == nil)
}

@Test func machineIsKnown() {
  #expect(Machine.current.bootID.utf8.count == 36)
  #expect(!Machine.current.host.isEmpty)
  #expect(Machine.current.pidNamespace > 0)
  let before = Machine.boottimeNanoseconds
  #expect(Machine.boottimeNanoseconds >= before && before > 0)
}

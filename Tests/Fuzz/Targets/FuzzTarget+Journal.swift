internal import Foundation
internal import Journal
internal import SQLite
internal import TestSupport

extension FuzzTarget {
  /// One value of the journal: a byte for its column, one for its type, then the value, which is set in all rows.
  static let rows = FuzzTarget("rows") { bytes in
    guard bytes.count >= 2 else { return }
    let (table, column) = SampleJournal.columns[Int(bytes[0]) % SampleJournal.columns.count]
    let rest = Array(bytes[2...])
    let text = String(decoding: rest, as: UTF8.self)
    let value: SQLiteValue =
      switch bytes[1] % 8 {
      case 0: .null
      case 1: .integer(Int64(text) ?? rest.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
      case 2: .real(Double(text) ?? .infinity)
      case 3: .blob(rest)
      default: .text(text)
      }
    try withState { state, folder in
      let sample = try SampleJournal.bytes.get()
      try write(sample, to: state.journal)
      do {
        let connection = try Connection(path: state.journal, access: .readWrite)
        try connection.run("PRAGMA synchronous=OFF")
        // What a constraint refuses can't be in a journal that was not damaged; `journal` damages more.
        try? connection.run("UPDATE \"\(table)\" SET \"\(column)\" = ?1", value)
      }
      try SampleJournal.read(state)
    }
  }

  /// A journal file that is damaged as the input says, or that is the input, or that has the input for its log.
  static let journal = FuzzTarget("journal") { bytes in
    guard let mode = bytes.first else { return }
    let rest = bytes.dropFirst()
    try withState { state, folder in
      let sample = try SampleJournal.bytes.get()
      switch mode % 4 {
      case 0: try write(Array(rest), to: state.journal)
      case 1:
        try write(sample, to: state.journal)
        try write(Array(rest), to: state.journal + "-wal")
      default: try write(Damage.done(to: sample, by: rest), to: state.journal)
      }
      try SampleJournal.read(state)
    }
  }

  /// A marks file that is damaged as the input says, or that is the input.
  static let marks = FuzzTarget("marks") { bytes in
    guard let mode = bytes.first else { return }
    try withState { state, folder in
      let file = try MarksFile(state, leg: 1)
      try file.mark(attempt: 1)
      try file.mark(attempt: 2)
      let path = state.marks + "/1.marks"
      let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      try write(mode % 2 == 0 ? Array(bytes.dropFirst()) : Damage.done(to: whole, by: bytes.dropFirst()), to: path)
      let marks = MarksFile.read(state, leg: 1, nonce: file.nonce) ?? []
      try promise(marks.allSatisfy { $0.attempt != 0 }, "an empty slot is a mark")
    }
  }

  private static func withState(_ body: (StateDirectory, TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let state = StateDirectory(path: folder.path("state"))
      try state.create()
      try body(state, folder)
    }
  }

  /// In place, so that what holds the file open goes on with the new bytes.
  private static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}

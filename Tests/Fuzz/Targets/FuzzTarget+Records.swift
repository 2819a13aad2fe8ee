internal import DataQuality
internal import PlanModel
internal import SQLite

extension FuzzTarget {
  /// A CSV file: read in pieces of several sizes, written and read again, and taken into a table.
  static let records = FuzzTarget("records") { bytes in
    let whole = read(bytes, pieces: bytes.count + 1)
    for size in [1, 3, 64] {
      let other = read(bytes, pieces: size)
      // Of several things that are wrong, which one is met first may depend on the pieces.
      let isSame = whole.problem == nil ? other == whole : other.problem != nil
      try promise(isSame, "pieces of \(size) bytes give other records")
    }
    // Whatever was read as records can be written, and is the same when it is read.
    let written = whole.records.flatMap { record in
      Array(
        record.map {
          // A mark after a quote makes one character of both, so the quotes are looked for among the scalars.
          "\""
            + $0.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false).map { String($0) }
            .joined(separator: "\"\"") + "\""
        }
        .joined(separator: ",").utf8) + [0x0A]
    }
    let again = read(written, pieces: 64)
    try promise(again.problem == nil && again.records == whole.records, "records are not what they were written as")

    let connection = try Connection.temporary(cache: 1024)
    let file = CSVFile(path: PathPattern("f.csv"), nulls: ["", "NA"])
    var rest = bytes[...]
    do {
      let columns = try CSVImport(file, into: "f", of: connection) { false }.run { most in
        defer { rest = rest.dropFirst(most) }
        return Array(rest.prefix(most))
      }
      let rows = try connection.value("SELECT count(*) FROM f")
      try promise(rows == .integer(Int64(max(0, whole.records.count - 1))), "rows got lost")
      try promise(columns?.isEmpty == false, "a table has columns")
    } catch is CSVProblem {
      // A header of other columns than the records, or no records.
    }
  }

  private struct Reading: Equatable {
    var records: [[String]] = []
    var problem: CSVProblem?
  }

  private static func read(_ bytes: [UInt8], pieces: Int) -> Reading {
    var rest = bytes[...]
    var reader = CSVReader(delimiter: 0x2C) { most in
      let piece = Array(rest.prefix(min(pieces, most)))
      rest = rest.dropFirst(piece.count)
      return piece
    }
    var reading = Reading()
    do {
      while try reader.next() { reading.records.append(reader.fields.map { reader.text($0) }) }
    } catch {
      reading.problem = error as? CSVProblem
    }
    return reading
  }
}

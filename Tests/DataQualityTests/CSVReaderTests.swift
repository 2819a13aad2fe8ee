internal import DataQuality
internal import Testing

struct CSVReaderTests {
  /// Records as lists of texts, read in pieces of so many bytes.
  private func records(_ text: String, delimiter: Character = ",", pieces: Int = 1 << 20) throws -> [[String]] {
    var reader = CSVReader(delimiter: delimiter.asciiValue ?? 0, read: Pieces(Array(text.utf8), pieces).next)
    var records: [[String]] = []
    while try reader.next() { records.append(reader.fields.map { reader.text($0) }) }
    return records
  }

  private func problem(_ text: String) -> CSVProblem? {
    do {
      _ = try records(text)
      return nil
    } catch {
      return error as? CSVProblem
    }
  }

  @Test func fieldsAreSplitAtDelimitersAndRecordsAtLineEnds() throws {
    #expect(try records("a,b\n1,2\r\n3,\n") == [["a", "b"], ["1", "2"], ["3", ""]])
    #expect(try records("a;b\n1;2", delimiter: ";") == [["a", "b"], ["1", "2"]])
    #expect(try records("a,") == [["a", ""]])
    #expect(try records("").isEmpty)
  }

  @Test func quotedFieldsHoldDelimitersLineEndsAndDoubledQuotes() throws {
    #expect(
      try records("\"a,b\",\"say \"\"hi\"\"\"\r\n\"x\r\ny\",\"\"\n") == [["a,b", "say \"hi\""], ["x\r\ny", ""]])
    #expect(try records("\"\"\"\"") == [["\""]])
  }

  @Test func aQuoteWithinAPlainFieldIsPartOfIt() throws {
    #expect(try records("5\" disk,1\n") == [["5\" disk", "1"]])
  }

  @Test func theByteOrderMarkAndLinesWithNothingInThemArePassedOver() throws {
    #expect(try records("\u{FEFF}a,b\n\n\r\n1,2\n\n") == [["a", "b"], ["1", "2"]])
  }

  /// Whatever the pieces, the records are the same.
  @Test(arguments: [1, 2, 3, 5, 7]) func recordsDoNotDependOnHowTheBytesCome(pieces: Int) throws {
    let text = "\u{FEFF}id,note\r\n1,\"a \"\"b\"\", c\"\r\n2,\"two\r\nlines\"\n3,ä€𝄞\n,\"\"\n"
    #expect(try records(text, pieces: pieces) == records(text))
    #expect(try records(text).count == 5)
  }

  @Test func linesOfRecordsAreThoseOfTheFile() throws {
    var reader = CSVReader(delimiter: 0x2C, read: Pieces(Array("a\n\n\"x\ny\"\nb\n".utf8), 3).next)
    var lines: [Int] = []
    while try reader.next() { lines.append(reader.line) }
    #expect(lines == [1, 3, 5])
  }

  @Test func whatIsNoRecordIsAnErrorWithItsLine() {
    #expect(
      problem("a,b\n1,\"x\n2,3\n") == CSVProblem(line: 2, "a field that begins with a double quote has none at its end")
    )
    #expect(problem("a\n\"x\"y\n")?.line == 2)
    #expect(problem("a\n\"x\ny\"z\n")?.line == 3)
    #expect(problem("a\nb\u{0}c\n")?.line == 2)
    #expect(problem("\"x\"\ry")?.line == 1)
  }

  @Test func textThatIsNotUTF8IsAnErrorWithItsLine() {
    var reader = CSVReader(delimiter: 0x2C, read: Pieces([0x61, 0x0A, 0x62, 0xE9, 0x0A], 2).next)
    #expect(throws: CSVProblem.self) { while try reader.next() {} }
    #expect(reader.line == 2)
  }
}

/// Bytes in pieces of a size.
final class Pieces {
  private var rest: ArraySlice<UInt8>
  private let size: Int

  init(_ bytes: [UInt8], _ size: Int) {
    rest = bytes[...]
    self.size = size
  }

  func next(_ most: Int) -> [UInt8] {
    let piece = rest.prefix(min(size, most))
    rest = rest.dropFirst(piece.count)
    return Array(piece)
  }
}

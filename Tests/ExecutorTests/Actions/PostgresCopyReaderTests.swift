import Testing

@testable internal import Executor

struct PostgresCopyReaderTests {
  private func rows(_ pieces: [String]) -> (rows: [[String?]], end: String?) {
    var reader = PostgresCopyReader(nonce: "n-1")
    var rows: [[String?]] = []
    for piece in pieces where reader.take(Array(piece.utf8), { rows.append($0) }) { break }
    return (rows, reader.end)
  }

  @Test func rowsAreCutOutOfPieces() {
    let found = rows(["a\tb", "\n\\N\t", "\n", "n-1 fal", "se\nleft"])
    #expect(found.rows == [["a", "b"], [nil, ""]] && found.end == "false")
    #expect(rows(["a\n"]).end == nil)
  }

  @Test func escapesAreUndone() {
    #expect(rows(["\\\\N\ta\\tb\\nc\\rd\\\\e\\b\\f\\vü\n"]).rows == [["\\N", "a\tb\nc\rd\\e\u{8}\u{C}\u{B}ü"]])
  }

  @Test func anEmptyLineIsARowWithAnEmptyText() {
    #expect(rows(["\n", "n-1 true\n"]).rows == [[""]])
  }
}

internal import SourceText
internal import Testing

@Suite struct SourceRangeTests {
  @Test func aRangeNeverEndsBeforeItBegins() {
    #expect(SourceRange(start: 5, end: 3) == SourceRange(start: 5, end: 5))
    #expect(SourceRange(start: -1, end: 2) == SourceRange(start: 0, end: 2))
  }

  @Test func aUnionCoversBoth() {
    #expect(SourceRange(start: 5, end: 7).union(SourceRange(start: 1, end: 6)) == SourceRange(start: 1, end: 7))
    #expect(SourceRange(start: 1, end: 2).union(SourceRange(start: 8, end: 9)) == SourceRange(start: 1, end: 9))
  }

  @Test func aPartCountsFromTheBeginning() {
    #expect(SourceRange(start: 10, end: 20).part(offset: 2, length: 3) == SourceRange(start: 12, end: 15))
  }

  @Test func rangesAreOrderedByStartThenEnd() {
    let ranges = [SourceRange(start: 2, end: 3), SourceRange(start: 1, end: 9), SourceRange(start: 1, end: 2)]
    #expect(ranges.sorted().map { "\($0.start)-\($0.end)" } == ["1-2", "1-9", "2-3"])
  }
}

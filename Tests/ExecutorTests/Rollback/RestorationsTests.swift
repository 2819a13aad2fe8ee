internal import Digest
internal import Testing

@testable internal import Executor

/// Changes of one path lie upon each other, and come off in the order in which steps are taken back.
struct RestorationsTests {
  private func place(_ text: String?) -> UndoRecord.Place {
    text.map { UndoRecord.Place(.file, mode: 0o644, digest: SHA256.digest(of: $0)) } ?? UndoRecord.Place(.absent)
  }

  private func record(
    _ attempt: Int64, _ path: String = "/p", from before: String?, to after: String?, folders: [String] = [],
    kept: Bool = true
  ) -> UndoRecord {
    UndoRecord(
      run: 1, attempt: attempt, step: "s", path: path, place: path, before: place(before), after: place(after),
      madeFolders: folders, keptSize: kept ? before?.utf8.count : nil)
  }

  private func restorations(_ records: [UndoRecord], _ turns: [Int64: Int]) -> Restorations {
    Restorations(records, turns: turns) { $0 >= 0 }
  }

  @Test func eachStepTakesItsOwnOff() {
    let found = restorations(
      [record(1, from: nil, to: "1"), record(2, from: "1", to: "2")], [1: 1, 2: 0]
    ).places
    #expect(found[0]?.map(\.target) == [place("1")] && found[1]?.map(\.target) == [place(nil)])
    #expect(found[1]?.first?.knows(place("1")) == true && found[1]?.first?.knows(place("2")) == false)
  }

  /// A ran, B ran, and both again: B comes off first, and what lay under A comes off with A.
  @Test func whatLiesUnderAnotherStepWaitsForIt() {
    let records = [
      record(1, from: "0", to: "a"), record(2, from: "a", to: "b"), record(3, from: "b", to: "c"),
      record(4, from: "c", to: "d"),
    ]
    let found = restorations(records, [1: 1, 3: 1, 2: 0, 4: 0]).places
    #expect(found[0]?.map { $0.records.map(\.attempt) } == [[4]])
    #expect(found[1]?.map { $0.records.map(\.attempt) } == [[3, 2, 1]])
    #expect(found[1]?.first?.target == place("0") && found[1]?.first?.source?.attempt == 1)
  }

  @Test func anAttemptThatCameToNothingIsNoObstacle() {
    let found = restorations([record(1, from: "0", to: "a"), record(2, from: "0", to: "a")], [1: 0, 2: 0]).places
    let restoration = found[0]?.first
    #expect(restoration?.knows(place("0")) == true && restoration?.knows(place("a")) == true)
    #expect(restoration?.knows(place("x")) == false && restoration?.target == place("0"))
  }

  @Test func whatIsNotKeptCannotComeBack() {
    let lost = Restoration.Place(records: [record(1, from: "0", to: "a", kept: false)])
    #expect(lost.loss == "what was at \"/p\" is not kept: its content is not kept any more")
    #expect(Restoration.Place(records: [record(1, from: nil, to: "a", kept: false)]).loss == nil)
    var mode = record(1, from: "0", to: "0", kept: false)
    mode.before.mode = 0o600
    #expect(Restoration.Place(records: [mode]).loss == nil)
    #expect(!Restoration.Place(records: [mode]).knows(UndoRecord.Place(.file, mode: 0o777, digest: mode.after.digest)))
  }

  /// Two steps at the same time: the one that made the folder may be taken back first.
  @Test func aFolderGoesWhenTheLastOfItsMakersIsTakenBack() {
    let found = restorations(
      [
        record(1, "/d/a", from: nil, to: "a", folders: ["/d"]), record(2, "/d/b", from: nil, to: "b", folders: ["/d"]),
        record(3, "/e/f/c", from: nil, to: "c", folders: ["/e", "/e/f"]),
        record(4, "/k/x", from: nil, to: "x", folders: ["/k"]),
      ], [1: 0, 2: 2, 3: -1])
    #expect(found.folders.turns == ["/d": 2, "/e": -1, "/e/f": -1])
    #expect(found.folders.upTo(1) == ["/e/f", "/e"])
    #expect(Set(found.places.keys) == [0, 2])
  }
}

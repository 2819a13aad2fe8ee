internal import Foundation
internal import TestSupport
internal import Testing

/// Items that are found while a called plan is executed, and the end of that plan, through the binary.
struct CallItemsTests {
  private static let called = """
    execplan: 1
    title: Called
    steps:
      - id: list
        run: echo 'names=["a","b","c"]' >> "$EXECPLAN_OUTPUT"
      - id: each
        needs: [list]
        foreach: ${{ fromJSON(steps.list.values.names) }}
        idempotent: true
        run: |
          test "${{ item }}" != "$BAD" || test -e $OUT/mended
          echo "each ${{ item }}" >> $OUT/ledger
    finally:
      - id: names
        run: echo 'names=["x","y"]' >> "$EXECPLAN_OUTPUT"
      - id: sweep
        needs: [names]
        foreach: ${{ fromJSON(steps.names.values.names) }}
        run: echo "sweep ${{ item }}" >> $OUT/ledger

    """

  private static func plan(_ more: String = "") -> String {
    """
    execplan: 1
    title: Calls
    id: p
    steps:
      - id: sub
        \(more)
        call: {path: sub.plan}
      - {id: after, needs: [sub], run: echo after >> $OUT/ledger}

    """
  }

  private static func with(_ more: String = "", bad: String, _ body: (RunProject) throws -> Void) throws {
    try withRunProject(plan(more)) { project in
      try project.folder.write(
        "sub.plan",
        called.replacingOccurrences(of: "$BAD", with: bad).replacingOccurrences(of: "$OUT", with: project.outside.path))
      try body(project)
    }
  }

  @Test func theEndComesAfterTheItemsThatWereFound() throws {
    try Self.with(bad: "none") { project in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      let ledger = project.ledger
      #expect(Set(ledger.prefix(3)) == ["each a", "each b", "each c"])
      #expect(Set(ledger.dropFirst(3).prefix(2)) == ["sweep x", "sweep y"])
      #expect(ledger.last == "after" && ledger.count == 6)
    }
  }

  @Test func aFailedItemStillEndsThePlanAndIsTriedAgain() throws {
    try Self.with(bad: "b") { project in
      let result = try project.run("apply", "--keep-going")
      #expect(result.exit == 1, "\(result)")
      #expect(Set(project.ledger.prefix(2)) == ["each a", "each c"], "\(project.ledger)")
      #expect(Set(project.ledger.dropFirst(2)) == ["sweep x", "sweep y"], "\(project.ledger)")
      try project.outside.write("mended", "")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      let rest = Array(project.ledger.dropFirst(4))
      #expect(
        rest.first == "each b" && rest.last == "after" && Set(rest.dropFirst().dropLast()) == ["sweep x", "sweep y"],
        "\(rest)")
    }
  }

  @Test func anAllowedFailureOfAnItemLetsTheRunGoOn() throws {
    try Self.with("allow_failure: true", bad: "b") { project in
      let result = try project.run("apply", "-j", "1")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger.contains("sweep x") && project.ledger.last == "after", "\(project.ledger)")
    }
  }

  @Test(arguments: ["afterEndCommit", "beforeLaunch"])
  func aKillOnTheWayChangesNothingInTheEnd(_ fault: String) throws {
    for count in [2, 4, 6, 8] {
      try Self.with(bad: "none") { project in
        var said = "\(try project.run("apply", env: ["EXECPLAN_FAULT": "\(fault):\(count)"]))"
        for _ in 0..<3 {
          let resumed = try project.run("apply", "--resume", "--orphans", "wait")
          said += "\n\(resumed)"
          if resumed.exit == 0 { continue }
          for step in try project.query("select distinct step from attempts where state = 'in_doubt'").split(
            separator: "\n")
          {
            _ = try project.run("resolve", String(step), "--as", "rerun")
          }
        }
        #expect(try project.query("select state from runs") == "succeeded", "\(fault) \(count): \(said)")
        #expect(project.ledger.last == "after", "\(fault) \(count): \(project.ledger)")
        #expect(Set(project.ledger).count == 6)
      }
    }
  }
}

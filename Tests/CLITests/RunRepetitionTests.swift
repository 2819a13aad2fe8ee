internal import Foundation
internal import TestSupport
internal import Testing

/// A selection says what it takes in before anything runs; a finished run is repeated from a step on.
struct RunRepetitionTests {
  private static let plan = """
    execplan: 1
    title: Parts
    id: parts
    params: {date: "1"}
    phases:
      - {id: one, title: One}
      - {id: two, title: Two}
    steps:
      - {id: a, phase: one, run: "echo a >> $OUT/ledger; echo v=${{ params.date }} >> \\"$EXECPLAN_OUTPUT\\""}
      - {id: b, phase: one, needs: [a], outputs: [b.txt], run: "echo b >> $OUT/ledger; echo b > b.txt"}
      - {id: c, phase: two, needs: [b], run: "echo c${{ steps.a.values.v }} >> $OUT/ledger"}
      - {id: d, phase: two, needs: [c], run: "echo d >> $OUT/ledger"}
      - {id: other, phase: two, run: "echo other >> $OUT/ledger"}
    finally:
      - {id: z, run: "echo z >> $OUT/ledger"}

    """

  @Test func aSelectionIsShownBeforeAnythingRuns() throws {
    try withRunProject(Self.plan) { project in
      let planned = try project.run("plan", "--until", "b", "--skip", "other")
      #expect(
        planned.stdout.contains("selection: 2 of 6 steps\n  takes in    a (before \"b\"), b (--until b)\n"),
        "\(planned)")
      #expect(planned.stdout.contains("  skips       other\n  leaves out  c, d, z\n"), "\(planned)")
      let applied = try project.run("apply", "--until", "b")
      #expect(
        applied.stderr.hasPrefix(
          "selection: 2 of 6 steps\n  takes in    a (before \"b\"), b (--until b)\n  leaves out  c, d, other, z\n"),
        "\(applied)")
      let more = try project.run("plan", "--only", "c", "--rerun", "c")
      #expect(
        more.stdout.contains(
          "  takes in    c (--only c)\n  stands on   a (checkpointed in run 1), b (checkpointed in run 1)\n"
            + "  runs again  c (--rerun c)\n  leaves out  d, other, z\n"), "\(more)")
      let json = try project.run("plan", "--format", "json", "--phase", "two", "--from", "c")
      #expect(
        json.stdout.contains(
          #""selection":{"selected":[{"id":"c","why":"--from c, --phase two"},{"id":"d","why":"after \"c\", --phase two"}]"#
        ),
        "\(json)")
      #expect(try project.run("plan", "--format", "json").stdout.contains(#""selection":null"#))
      #expect(try project.run("apply", "-q", "--only", "c").stderr.isEmpty)
    }
  }

  @Test func aFinishedRunIsRepeatedFromAStepOn() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let before = project.ledger.count
      let planned = try project.run("plan", "--rerun-from", "c")
      #expect(
        planned.stdout.contains(
          "selection: 2 of 6 steps\n  takes in    c (--rerun-from c), d (after \"c\")\n  stands on   a (checkpointed in run 1)"
        ),
        "\(planned)")
      let applied = try project.run("apply", "--rerun-from", "c")
      #expect(applied.exit == 0, "\(applied)")
      #expect(applied.stderr.hasPrefix("run 2 repeats a part of run 1: 3 of 6 steps are taken from it\n"), "\(applied)")
      #expect(Array(project.ledger.dropFirst(before)) == ["c1", "d", "z"])
      #expect(try project.query("select id, state, rerun_of from runs") == "1|succeeded|\n2|succeeded|1")
      #expect(
        try project.query("select step, outcome, carried_from from checkpoints where run_id = 2 and step < 'c'")
          == "a|up_to_date|1\nb|up_to_date|1")
      // The attempts of the first run are there as before.
      #expect(try project.query("select count(*) from attempts where run_id = 1") == "6")
      #expect(try project.run("runs").stdout.contains("repeats"))
      #expect(try project.run("runs", "--format", "json").stdout.contains(#""rerun_of":1"#))
      #expect(try project.run("status", "parts", "--run", "2").stdout.contains("a part of run 1 again"))
      #expect(try project.run("status", "parts", "--format", "json").stdout.contains(#""rerun_of":1"#))
      #expect(try project.run("report", "--format", "markdown").stdout.contains("- repeats: a part of run 1\n"))
      // Another one rests on what the second took over.
      #expect(try project.run("apply", "-q", "--rerun-from", "d").exit == 0)
      #expect(try project.query("select carried_from from checkpoints where run_id = 3 and step = 'a'") == "1")
    }
  }

  @Test func aRepetitionThatFailsIsGoneOnWith() throws {
    let plan = Self.plan.replacingOccurrences(
      of: "echo d >> $OUT/ledger", with: "test -e ready && echo d >> $OUT/ledger")
    try withRunProject(plan) { project in
      try project.folder.write("ready", "")
      #expect(try project.run("apply", "-q").exit == 0)
      try FileManager.default.removeItem(atPath: project.folder.path("ready"))
      let before = project.ledger.count
      #expect(try project.run("apply", "-q", "--rerun-from", "b").exit == 1)
      let refused = try project.run("apply", "--rerun-from", "b")
      #expect(refused.exit == 5 && refused.stderr.contains("run 2 is not finished"), "\(refused)")
      try project.folder.write("ready", "")
      #expect(try project.run("apply", "-q").exit == 0)
      // What the gate of the first phase holds back comes after it, too.
      #expect(project.ledger.dropFirst(before).sorted() == ["b", "c1", "d", "other", "z", "z"])
      #expect(try project.query("select state, rerun_of from runs where id = 2") == "succeeded|1")
    }
  }

  @Test func whatCannotBeTakenOverIsRefusedOrMadeAnew() throws {
    try withRunProject(Self.plan) { project in
      let never = try project.run("apply", "--rerun-from", "c")
      #expect(never.exit == 5 && never.stderr.contains("\"parts\" was never run"), "\(never)")
      #expect(try project.run("apply", "--rerun-from", "nothing").exit == 64)
      #expect(try project.run("apply", "--rerun-from", "c", "--only", "c").exit == 64)
      #expect(try project.run("apply", "-q").exit == 0)
      let other = try project.run("apply", "--rerun-from", "c", "--param", "date=2")
      #expect(other.exit == 5 && other.stderr.contains("run 1 has other parameters"), "\(other)")

      try project.write(Self.plan.replacingOccurrences(of: "echo b > b.txt", with: "echo bb > b.txt"))
      let changed = try project.run("apply", "--rerun-from", "c")
      #expect(changed.exit == 5, "\(changed)")
      #expect(changed.stderr.contains("apply p.execplan.yaml --rerun-from c --keep-changed\n"), "\(changed)")
      let count = project.ledger.count
      #expect(try project.run("apply", "-q", "--rerun-from", "c", "--keep-changed").exit == 0)
      #expect(Array(project.ledger.dropFirst(count)) == ["c1", "d", "z"])
      try project.write(Self.plan)
      #expect(try project.run("apply", "-q", "--rerun-from", "c", "--rerun-changed").exit == 0)
      #expect(Array(project.ledger.dropFirst(count + 3)) == ["b", "c1", "d", "z"])

      try FileManager.default.removeItem(atPath: project.folder.path("b.txt"))
      #expect(try project.run("apply", "-q", "--rerun-from", "d").exit == 0)
      #expect(project.ledger.dropFirst(count + 7).first == "b")
      #expect(project.folder.read("b.txt") == "b\n")
    }
  }

  @Test func fromAloneNamesTheOtherWay() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let refused = try project.run("apply", "--from", "c")
      #expect(refused.exit == 5 && refused.stderr.contains("apply p.execplan.yaml --rerun-from c\n"), "\(refused)")
    }
  }

  @Test func aSavedRepetitionIsApplied() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.run("plan", "-q", "--rerun-from", "d", "--out", "d.saved").exit == 0)
      let before = project.ledger.count
      let applied = try project.run("apply", "d.saved")
      #expect(applied.exit == 0, "\(applied)")
      #expect(Array(project.ledger.dropFirst(before)) == ["d", "z"])
    }
  }
}

internal import TestSupport
internal import Testing

/// What steps write to the plan's state counts when their run has succeeded, and not before.
struct RunWatermarkTests {
  private static let plan = """
    execplan: 1
    title: Watermark
    id: watermark
    order: listed
    steps:
      - id: extract
        run: |
          echo "from ${{ default(state.mark, '-') }}" >> $OUT/ledger
          echo "mark=$(cat mark)" >> "$EXECPLAN_STATE"
      - {id: load, run: "test -e well && echo loaded ${{ default(state.mark, '-') }} >> $OUT/ledger"}

    """

  @Test func aFailedRunMovesNoWatermark() throws {
    try withRunProject(Self.plan) { project in
      func state() throws -> String { try project.query("select key || '=' || value from state") }
      try project.folder.write("mark", "1")
      #expect(try project.run("apply").exit == 1)
      #expect(try state() == "")
      // A run in its place begins where the last good one ended; what the failed one had written is gone.
      try project.folder.write("mark", "2")
      #expect(try project.run("apply", "--fresh").exit == 1)
      #expect(try state() == "")
      // The same run goes on: it reads what was there when it began.
      try project.folder.write("well", "")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(project.ledger == ["from -", "from -", "loaded -"])
      #expect(try state() == "mark=\"2\"")
      try project.folder.write("mark", "3")
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger.suffix(2) == ["from 2", "loaded 2"])
      #expect(try state() == "mark=\"3\"")
    }
  }
}

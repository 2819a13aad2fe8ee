internal import PlanModel
internal import Planner
internal import Reporting
internal import Testing

struct SavedViewTests {
  @Test func whyToldInTextNamesWhatDiffers() {
    #expect(
      Fixture.whyView.text(.plain) == """
        a: run
          input changed: "in.txt"
        since its last success, in run 3:
          definition: 111111111111 -> 222222222222
            run: x -> (none)
          values: not all are known yet
            steps.n.values.k: 111111111111 -> ?
          inputs: 111111111111 -> 222222222222
            in.txt: 111111111111 -> 222222222222
          outputs: 111111111111 -> (none)
            out.txt: 111111111111 -> missing
          results of what it needs:
            n: 111111111111 -> ? (it will run)
            o: (none) -> 222222222222
        guards:
          unless: not asked
        idempotence: guarded
        needs: n, m

        """)
  }

  @Test func aSavedPlanSaysWhetherItCanBeApplied() {
    var view = SavedPlanView(
      file: "p.saved", saved: Fixture.savedPlan, title: "T", refusal: nil, applyCommand: "execplan apply p.saved")
    let text = view.text(.plain)
    for line in [
      "saved plan of T (p)", "1970-01-01T00:00:00.000Z by ana on here", "a=1", "--phase x --only x",
      "input changed: \"in.txt\"", "it can be applied, once\nnext: execplan apply p.saved\n",
    ] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
    view.refusal = .init(message: "it was edited", details: ["a  b"], nextCommands: ["execplan plan p"])
    #expect(view.text(.plain).hasSuffix("it can't be applied: it was edited\n  a  b\nnext: execplan plan p\n"))
  }

  @Test func whatStandsInAFileCannotDriveATerminal() {
    var saved = Fixture.savedPlan
    saved.user = "\u{1B}[31m"
    saved.steps[0].id = "a\nb\u{202E}"
    let text = SavedPlanView(file: "p", saved: saved, title: nil, refusal: nil, applyCommand: "x").text(.plain)
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(!text.contains("a\nb"))
  }
}

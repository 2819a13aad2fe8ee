import Diagnostics
import PlanDocument
import PlanLoading
import SourceText
import Testing

struct KeyTests {
  private static func findings(_ key: String) -> [String] {
    let text = "execplan: 1\ntitle: t\nsteps:\n  - {id: a, run: x, \(key): 1}\n"
    let source = SourceFile(path: "p.execplan.yaml", text: text)
    var collector = DiagnosticCollector()
    let result = PlanLoader.load(PlanDocument.read(source, into: &collector), path: "p.execplan.yaml")
    return result.diagnostics.diagnostics.filter { $0.severity == .error }.map(\.rule.code)
  }

  @Test(arguments: ["title", "on_interrupt", "allow_failure", "sync_outputs", "priority", "always", "x-anything"])
  func knownKeysAreTaken(key: String) {
    #expect(!Self.findings(key).contains("EP201"))
  }

  /// Names are compared as words of memory: neither a part of a name nor a longer one is taken for it.
  @Test(arguments: [
    "i", "ie", "idd", "Title", "titl", "titles", "\"title\\0\"", "\"id\\0\\0\"", "on-interrupt", "allow_failures",
    "allow_failure_of_the_step", "an_even_longer_name_of_a_key_than_that", "\"\"", "é",
  ])
  func namesThatAreNearlyKeysAreNot(key: String) {
    #expect(Self.findings(key) == ["EP201"])
  }

  @Test func everyStepIsKnownToExpressionsThatStandBeforeIt() {
    let text = """
      execplan: 1
      title: t
      phases: [{id: p, gate: [{run: "echo ${{ steps.b.values.n }}"}]}]
      steps:
        - {id: a, phase: p, needs: [b], run: "echo ${{ steps.b.values.n }} ${{ steps.c.values.n }} ${{ steps.d.values.n }}"}
        - {id: b, phase: p, run: x}
        - {id: c, phase: p, file: {path: f, absent: true}}
      """
    let source = SourceFile(path: "p.execplan.yaml", text: text)
    var collector = DiagnosticCollector()
    let result = PlanLoader.load(PlanDocument.read(source, into: &collector), path: "p.execplan.yaml")
    let errors = result.diagnostics.sorted().filter { $0.severity == .error }.map(\.message)
    #expect(errors == ["the step \"c\" has no value \"n\"", "unknown step \"d\""])
  }
}

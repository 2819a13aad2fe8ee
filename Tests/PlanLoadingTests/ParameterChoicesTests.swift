import Diagnostics
import PlanDocument
import PlanLoading
import PlanModel
import SourceText
import Testing

struct ParameterChoicesTests {
  private static func load(_ parameter: String) -> PlanLoader.Result {
    let text = "execplan: 1\ntitle: t\nparams:\n  p: \(parameter)\nsteps: [{id: a, run: x}]\n"
    let source = SourceFile(path: "p.execplan.yaml", text: text)
    var collector = DiagnosticCollector()
    return PlanLoader.load(PlanDocument.read(source, into: &collector), path: "p.execplan.yaml")
  }

  @Test func everyChoiceCountsWhateverStandsBeforeIt() throws {
    let result = Self.load("{type: string, choices: [staging, prod, dev], default: prod}")
    #expect(!result.diagnostics.diagnostics.contains { $0.severity == .error })
    let parameter = try #require(result.plan?.parameters.first)
    #expect(parameter.choices == [.string("staging"), .string("prod"), .string("dev")])
    #expect(parameter.value == .string("prod"))
  }

  @Test func aChoiceOfAnotherTypeAndADefaultThatIsNoChoiceAreErrors() {
    for parameter in ["{type: int, choices: [1, x]}", "{type: string, choices: [a, b], default: c}"] {
      #expect(Self.load(parameter).diagnostics.diagnostics.map(\.rule.code).contains("EP215"), "\(parameter)")
    }
  }
}

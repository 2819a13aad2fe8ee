internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import Testing

@Suite struct DetectionTests {
  @Test(arguments: [
    ("a.execplan.yaml", "", true), ("a.execplan.yml", "x", true), ("d/a.execplan.json", "[", true),
    ("A.ExecPlan.YAML", "", true),
    ("a.execplan.md", "execplan: 1", false), ("a.txt", "execplan: 1", false), ("a.yaml", "execplan: 1\n", true),
    ("a.yml", "title: x\nexecplan: 1", true),
    ("a.yaml", "  execplan: 1\n", true), ("a.yaml", "x:\n  execplan: 1\n", false),
    ("a.yaml", "title: execplan\n", false),
    ("a.yaml", "# execplan: 1\na: 1", false), ("a.yaml", "exceplan: 1", false),
    ("a.yaml", "text: |\n  x\n  execplan: 1\n", false),
    ("a.yaml", "execplan: 1\n a: [", true), ("a.yaml", "a: [\n  execplan: 1", false), ("a.yaml", "{execplan: 1}", true),
    ("a.yaml", "\u{FEFF}execplan: 1", true),
    ("a.json", "{\"execplan\": 1}", true), ("a.json", "{\"title\":\"x\",\"execplan\":1}", true),
    ("a.json", "{\n\t\"execplan\" : 1,", true),
    ("a.json", "{\"a\": {\"execplan\": 1}}", false), ("a.json", "{\"a\": \"execplan: 1\"}", false),
    ("a.json", "[\"execplan\"]", false),
    ("a.yaml", "'execplan': 1", true), ("a.yaml", "execplan", false), ("a.yaml", "execplan:", true),
    ("a.yaml", "execplans: 1", false), (".yaml", "", false),
  ])
  func aPlanIsKnownByItsNameOrItsFirstKey(path: String, text: String, expected: Bool) {
    #expect((detected(path, text) != nil) == expected)
  }

  private func detected(_ path: String, _ text: String, isListed: Bool = false) -> PlanDocument? {
    var collector = DiagnosticCollector()
    return PlanDocument.detect(SourceFile(path: path, text: text), isListed: isListed, into: &collector)
  }

  @Test(arguments: [
    ("# T\n\n## Progress\n\n## Decision Log\n\n## Surprises & Discoveries\n", true),
    ("# T\n\n## Progress\n\n## Decision Log\n", false),
    ("# T\n\n## Progress\n\n```\n## Decision Log\n\n## Surprises & Discoveries\n```\n", false),
    ("# T\n\n## Progress\n\n## Progress\n\n## Decision Log\n", false),
    ("# T\n\nProgress\n-----\n\n#### Decision log:\n\n### **Outcomes and retrospective**\n", true),
    ("# T\n\n## 进度\n\n## 决策记录\n\n## 结果与复盘\n", true),
    ("---\nexecplan: 1\n---\n# T\n", true), ("---\r\n\"execplan\": 1\r\n---\r\n", true),
    ("\u{FEFF}---\ntitle: x\nexecplan: 1\n---\n", true), ("---\nx:\n  execplan: 1\n---\n", false),
    ("---\nexecplan: [\n---\n", true), ("---\nexecplan: 1\n", false),
    ("# Execution Plan Summary\n", true), ("## Implementation Plan: Search\n", true),
    ("## Implementation Plan\n", false), ("Write:\n\n```\n# Execution Plan Summary\n```\n", false), ("", false),
  ])
  func aMarkdownPlanIsKnownByItsHeadings(text: String, expected: Bool) {
    let document = detected("notes.md", text)
    #expect((document != nil) == expected)
    if let document { #expect(document.dialect == .markdown && document.markdown != nil) }
    #expect(detected("notes.md", text, isListed: true) != nil)
    #expect(detected("notes.txt", text, isListed: true) == nil)
  }

  @Test(arguments: [
    ("a.json", "{\"strategy\": \"brownfield\", \"actions\": []}", true),
    ("a.json", "{\"actions\": []}", false), ("a.json", "{\"x\": {\"strategy\": 1, \"actions\": []}}", false),
    ("a.yaml", "strategy: x\nactions: []\n", false),
  ])
  func aListOfActionsIsAPlan(path: String, text: String, expected: Bool) {
    #expect((detected(path, text)?.dialect == .json) == expected)
  }

  @Test func whatIsNoPlanReportsNothing() {
    var collector = DiagnosticCollector()
    let source = SourceFile(path: "a.yaml", text: "a: [\n  execplan: 1")
    #expect(PlanDocument.detect(source, into: &collector) == nil)
    #expect(collector.diagnostics.isEmpty)
  }
}

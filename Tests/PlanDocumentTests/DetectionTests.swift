internal import PlanDocument
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
    #expect(PlanDocument.isPlan(path: path, bytes: Array(text.utf8)) == expected)
  }
}

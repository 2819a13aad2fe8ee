internal import Diagnostics
internal import PlanGraph
internal import SourceText
internal import Testing

@Suite struct GraphRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var plan: String
    var findings: [String]
    var testDescription: String { plan }

    init(_ plan: String, _ findings: String...) {
      self.plan = plan
      self.findings = findings
    }
  }

  @Test(arguments: [
    Case("fetch\nload needs=fetch"),
    Case("fetch\nload needs=fetsh", "EP301 2:12 \"load\" needs \"fetsh\", which is no step of this plan"),
    Case("load needs=load", "EP302 1:12 \"load\" needs itself"),
    Case("a\nb needs=a,a", "EP304 2:11 \"b\" needs \"a\" twice"),
    Case("phase: p\na phase=p\nb needs=p", "EP301 3:9 \"p\" is a phase, and needs name steps only"),
    Case(
      "a needs=z\nfinally:\nz",
      "EP317 1:9 \"a\" needs \"z\", which stands under \"finally\" and runs after all other steps"),
    Case("a\nfinally:\nz needs=a", "EP317 3:9 \"z\" stands under \"finally\" and comes after \"a\" by itself"),
    Case("a\nfinally:\ny\nz needs=y"),
    Case("order: listed\na\nb needs=a", "EP310 3:9 \"b\" has needs, but the plan says \"order: listed\""),
    Case("phase: load\na phase=laod", "EP311 2:9 \"a\" names the phase \"laod\", which this plan does not have"),
    Case(
      "phase: p\nphase: q needs=r\na phase=p\nb phase=q",
      "EP311 2:16 phase \"q\" names the phase \"r\", which this plan does not have"),
    Case("a\nfinally:\nz undoes=a"),
    Case(
      "a\nfinally:\nz undoes=b", "EP316 3:10 \"z\" undoes \"b\", which is no step of the main part of this plan"),
  ]) func namesAreChecked(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test(arguments: [
    Case("a needs=b\nb needs=a", "EP303 1:9 these steps wait for each other: a -> b -> a"),
    Case(
      "c needs=b\nb needs=a\na needs=c", "EP303 1:9 these steps wait for each other: c -> b -> a -> c"),
    // Two circles that share a step are two reports.
    Case(
      "a needs=b,c\nb needs=a\nc needs=a", "EP303 1:9 these steps wait for each other: a -> b -> a",
      "EP303 1:11 these steps wait for each other: a -> c -> a"),
    // A chord makes a second, shorter one.
    Case(
      "a needs=b\nb needs=c\nc needs=a,b", "EP303 1:9 these steps wait for each other: a -> b -> c -> a",
      "EP303 2:9 these steps wait for each other: b -> c -> b"),
    // Files close it.
    Case(
      "a in=x out=y\nb in=y out=x", "EP303 1:6 these steps wait for each other: a -> b -> a"),
    // What hangs on a cycle is not part of it.
    Case(
      "root\na needs=b,root\nb needs=a\nend needs=b", "EP303 2:9 these steps wait for each other: a -> b -> a"),
    Case(
      "phase: p\nphase: q\na phase=p needs=b\nb phase=q",
      "EP315 3:17 the order of phase \"p\" closes a cycle: a -> b -> gate of p -> a"),
    Case(
      "phase: p\nphase: q needs=\na phase=p needs=b\nb phase=q"),
    Case(
      "phase: p needs=q\nphase: q\na phase=p\nb phase=q",
      "EP315 3:9 the order of phase \"q\" closes a cycle: a -> gate of q -> b -> gate of p -> a"),
    Case("phase: p needs=p", "EP315 1:16 phase \"p\" needs itself"),
  ]) func cyclesAreReportedOnceEach(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test func aCycleShowsEachOfItsEdges() throws {
    let sketch = PlanSketch("a needs=b\nb needs=c\nc needs=a")
    let finding = try #require(GraphRules.check(sketch.plan).diagnostics.first)
    #expect(finding.related.map { sketch.source.text($0.range) } == ["b", "c", "a"])
    #expect(finding.related.map { sketch.source.location(of: $0.range.lowerBound).line } == [1, 2, 3])
  }

  @Test(arguments: [
    Case(
      "order: graph\na out=x.csv\nb out=./x.csv",
      "EP305 3:7 \"a\" and \"b\" both write \"x.csv\", and nothing says which comes first"),
    Case("a out=x.csv\nb needs=a out=x.csv"),
    Case("a out=x.csv\nm needs=a\nb needs=m out=x.csv"),
    Case("a out=x.csv\nfinally:\nb out=x.csv"),
    Case(
      "order: graph\na file=x.csv\nb edit=x.csv",
      "EP305 3:8 \"a\" and \"b\" both write \"x.csv\", and nothing says which comes first"),
    Case("order: graph\na dir=x\nb dir=x"),
    Case(
      "order: graph\na db=w.db\nb db=w.db",
      "EP305 3:6 \"a\" and \"b\" both write \"w.db\", and nothing says which comes first"),
    Case("order: graph\npool: one\na db=w.db pool=one\nb db=w.db pool=one"),
    Case(
      "order: graph\na out=out/*.csv\nb out=out/x.csv",
      "EP305 3:7 \"b\" writes \"out/x.csv\", \"a\" writes \"out/*.csv\": both may write one path, and nothing says which"
        + " comes first"),
    Case("order: graph\na out=out/*.csv,!out/x.csv\nb out=out/x.csv"),
    Case("order: graph\na out=out/*.csv\nb out=out/x.json"),
    // Only one of the two runs.
    Case("order: graph\na out=x when=param~env~dev\nb out=x when=param~env~prod"),
    // Three writers, the first two ordered: one report.
    Case(
      "order: graph\na out=x\nb out=x needs=a\nc out=x",
      "EP305 4:7 \"b\" and \"c\" both write \"x\", and nothing says which comes first"),
    // What is upstream of a step with a misspelt need is not known.
    Case(
      "order: graph\na out=x\nb out=x needs=zzzzzz", "EP301 3:15 \"b\" needs \"zzzzzz\", which is no step of this plan"),
    // A cycle elsewhere hides no race.
    Case(
      "order: graph\na out=x\nb out=x\nc needs=d\nd needs=c",
      "EP305 3:7 \"a\" and \"b\" both write \"x\", and nothing says which comes first",
      "EP303 4:9 these steps wait for each other: c -> d -> c"),
    Case("order: listed\na out=x\nb out=x"),
    Case("phase: p\nphase: q\na phase=p out=x\nb phase=q out=x"),
    Case(
      "order: graph\na state=k\nb state=k",
      "EP307 3:9 \"a\" and \"b\" both write the state \"k\", and nothing says which comes first"),
    Case("a state=k\nb state=k needs=a"),
    Case("order: graph\na state=k when=param~env~dev\nb state=k when=param~env~prod"),
  ]) func racesAreErrors(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test(arguments: [
    Case(
      "order: graph\na out=d/x.csv\nb cmd=cat_d/x.csv",
      "EP306 3:3 \"b\" names \"d/x.csv\", which \"a\" writes, but does not wait for it"),
    Case(
      "order: graph\na out=d/x.csv\nb cmd=load_--from=\"./d/x.csv\"",
      "EP306 3:3 \"b\" names \"d/x.csv\", which \"a\" writes, but does not wait for it"),
    Case("a out=d/x.csv\nb cmd=cat_d/x.csv needs=a"),
    Case("a out=d/x.csv\nb cmd=cat_d/x.csv in=d/*.csv"),
    Case("a out=d/x.csv needs=b\nb cmd=rm_-f_d/x.csv"),
    Case("order: graph\na out=d/x.csv\nb cmd=cat_d/x.csv.gz"),
    Case("order: graph\na out=d/x.csv\nb cmd=cat_old/d/x.csv"),
    Case("order: graph\na out=x\nb cmd=echo_x"),
  ]) func scriptsThatNameOutputsMustWait(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test(arguments: [
    Case("order: graph\na\nb reads=a", "EP308 3:9 \"b\" reads \"steps.a.values.v\", but does not wait for \"a\""),
    Case("a\nb needs=a reads=a"),
    Case("a\nm needs=a\nb needs=m reads=a"),
    Case("a\nfinally:\nz reads=a"),
    Case(
      "a reads=z\nfinally:\nz",
      "EP308 1:9 \"a\" reads \"steps.z.values.v\", but \"z\" stands under \"finally\" and runs after all other steps"),
    Case("a\nfinally:\ny\nz reads=y", "EP308 4:9 \"z\" reads \"steps.y.values.v\", but does not wait for \"y\""),
    Case("a reads=a", "EP308 1:9 \"a\" reads \"steps.a.values.v\", which is known only when it has ended"),
    // Another rule names unknown steps; a misspelt need is told once.
    Case("a reads=zzz"),
    Case(
      "order: graph\nfetch\nb needs=fetsh reads=fetch",
      "EP301 3:9 \"b\" needs \"fetsh\", which is no step of this plan"),
    Case(
      "a\nb needs=a when=status~a~failed",
      "EP314 2:11 this is never true: if \"a\" fails, \"b\" is not run"),
    Case("a allow\nb needs=a when=status~a~failed"),
    Case("a\nb needs=a when=status~a~skipped"),
    Case("a\nfinally:\nb when=status~a~failed"),
  ]) func onlyStepsThatAreDoneAreRead(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test(arguments: [
    Case("a"),
    Case("a\nb", "EP309 1:1 these 2 steps start together: \"a\", \"b\""),
    Case("order: graph\na\nb"),
    Case("order: listed\na\nb"),
    // Two sources of one join are a graph on purpose.
    Case("a\nb\nc needs=a,b"),
    Case("a\nb needs=a\nc"),
    Case("a out=x\nb in=x\nc"),
    Case("phase: p\nphase: q\na phase=p\nb phase=q"),
    Case("phase: p\na phase=p\nb phase=p", "EP309 2:1 these 2 steps start together: \"a\", \"b\""),
    Case("a check\nb check"),
    Case(
      "a\nb\nc\nd\ne\nf",
      "EP309 1:1 these 6 steps start together: \"a\", \"b\", \"c\", \"d\", \"e\", …"),
  ]) func anUndecidedOrderIsAskedForOnce(_ test: Case) {
    #expect(PlanSketch(test.plan).findings() == test.findings)
  }

  @Test func infosTellWhatWasInferred() {
    #expect(
      PlanSketch("a out=x\nb in=x").findings(infos: true) == [
        "EP313 2:6 \"b\" waits for \"a\", which writes what it reads"
      ])
    #expect(PlanSketch("a out=x\nb in=x needs=a").findings(infos: true) == [])
    #expect(
      PlanSketch("phase: p\nphase: q\na phase=q").findings(infos: true) == ["EP312 1:8 no step belongs to phase \"p\""])
  }

  @Test func misspeltNamesGetTheNearest() throws {
    let finding = try #require(GraphRules.check(PlanSketch("fetch\nload needs=fetsh").plan).diagnostics.first)
    #expect(finding.notes == ["did you mean \"fetch\"?"])
    #expect(finding.fix?.replacements.first?.text == "fetch")
  }

  @Test func rulesHaveDistinctCodesInOrder() {
    let codes = GraphRules.all.map(\.code)
    #expect(codes == (301...318).map { "EP\($0)" })
    #expect(Set(GraphRules.all.map(\.name)).count == codes.count)
    for rule in GraphRules.all {
      #expect(rule.bad != rule.good && rule.bad.hasPrefix("execplan: 1\n") && rule.good.hasPrefix("execplan: 1\n"))
    }
  }

  @Test func manyCyclesOfOneKnotAreBounded() {
    // A complete graph of 40 steps.
    let names = (0..<40).map { "s\($0)" }
    let lines = names.map { name in "\(name) needs=" + names.filter { $0 != name }.joined(separator: ",") }
    let findings = PlanSketch(lines.joined(separator: "\n")).findings()
    #expect(findings.count == 20)
    #expect(Set(findings).count == 20)
  }
}

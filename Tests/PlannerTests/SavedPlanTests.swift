internal import Digest
internal import PlanModel
internal import Planner
internal import Testing

/// What `plan --out` writes, and how it is compared with what is there later.
struct SavedPlanTests {
  private static func digest(_ text: String) -> SHA256Digest { SHA256.digest(of: text) }

  static var sample: SavedPlan {
    var choices = SavedPlan.Choices()
    choices.until = ["b"]
    choices.rerun = ["label:x", "a\"b"]
    choices.isForced = true
    choices.changed = .rerun
    return SavedPlan(
      id: "0123456789abcdef0123456789abcdef", savedAt: 1_795_968_000_123, user: "ana", host: "h\u{301}ost",
      plan: .init(key: "p", path: "plans/p.execplan.yaml", digest: digest("plan")), choices: choices,
      parameters: [
        .init(name: "date", value: .string("2026-11-01"), given: .string("2026-11-01")),
        .init(name: "rate", value: .double(1), given: .double(1)),
        .init(name: "list", value: .list([.null, .map([.init("k", .int(-3))])])),
        .init(name: "none", value: nil, given: .null),
      ], profile: "prod", secrets: ["TOKEN"],
      position: .init(journal: "00ff", run: 3, checkpoint: 12, state: digest("state")),
      steps: [
        .init(
          id: "a", action: "run", decision: .run, reasons: [SavedReason(.firstRun)], definition: digest("a"),
          files: digest("files")),
        .init(
          id: "b[x y]", action: "check", decision: .unknown, reasons: [SavedReason(.unknownUntil, "\"a\"")],
          definition: digest("b")),
      ])
  }

  private static func text(_ plan: SavedPlan) -> String { String(decoding: plan.encoded(), as: UTF8.self) }

  @Test func whatIsWrittenIsReadAgain() throws {
    for plan in [SavedPlanTests.sample, SavedPlanTests.empty] {
      let (again, seal) = try SavedPlan.read(plan.encoded())
      #expect(again == plan)
      #expect(again.isSealed(with: seal))
      #expect(again.encoded() == plan.encoded())
      #expect(SavedPlan.isClaimed(by: plan.encoded()))
    }
  }

  static var empty: SavedPlan {
    var plan = sample
    plan.parameters = []
    plan.steps = []
    plan.secrets = []
    plan.profile = nil
    plan.choices = .init()
    plan.position = .init(journal: nil, run: nil, checkpoint: nil, state: digest(""))
    return plan
  }

  @Test func eachStepStandsInALineOfItsOwn() {
    let lines = SavedPlanTests.text(SavedPlanTests.sample).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("    {\"id\":\"a\",") && $0.hasSuffix("},") })
    #expect(lines.contains { $0.hasPrefix("    {\"id\":\"b[x y]\",") && $0.hasSuffix("}") })
    #expect(lines[1] == "  \"execplan_saved_plan\": 1,")
  }

  @Test func aChangeAnywhereBreaksTheSeal() throws {
    let text = SavedPlanTests.text(SavedPlanTests.sample)
    for (old, new) in [
      ("\"ana\"", "\"eve\""), ("0123456789abcdef0", "1123456789abcdef0"), ("\"first_run\"", "\"forced\""),
      ("\"run\":3", "\"run\":4"), ("2026-11-01", "2026-11-02"), ("\"decision\":\"unknown\"", "\"decision\":\"skip\""),
      (".123Z", ".124Z"),
    ] {
      #expect(text.contains(old))
      let (plan, seal) = try SavedPlan.read(Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
      #expect(!plan.isSealed(with: seal), "\(old)")
    }
    // How it is laid out does not count.
    let (plan, seal) = try SavedPlan.read(Array(text.replacing(",\n", with: " ,\n\n").utf8))
    #expect(plan.isSealed(with: seal))
  }

  @Test(arguments: [
    ("\"execplan_saved_plan\": 1", "\"execplan_saved_plan\": 2", "execplan_saved_plan", "the format is 2"),
    ("\"user\":\"ana\"", "\"user\":7", "saved_by.user", "string"),
    ("\"decision\":\"unknown\"", "\"decision\":\"maybe\"", "steps[1].decision", "\"maybe\" is none of run, skip"),
    ("\"kind\":\"first_run\"", "\"kind\":\"x\"", "steps[0].reasons[0].kind", "\"x\" is none of"),
    ("\"force\":true", "\"force\":1", "options.force", "true or false"),
    ("\"probe\":false", "\"probe\":false,\"more\":1", "options.more", "unknown"),
    ("\"host\":", "\"hose\":", "saved_by.hose", "unknown"),
    ("  \"profile\": \"prod\",\n", "", "profile", "missing"),
    ("\"id\":\"b[x y]\"", "\"id\":\"a\"", "steps[1].id", "twice"),
    ("\"id\": \"0123", "\"id\": \"G123", "id", "32 hexadecimal"),
    ("\"run\":3", "\"run\":3.5", "journal.run", "whole number"),
    ("2026-11-29T", "2026-13-29T", "saved_at", "time"),
    ("\"phase\":[]", "\"phase\":{}", "options.phase", "list"),
    ("\"name\":\"rate\"", "\"name\":null", "params[1].name", "string"),
  ])
  func whatDoesNotFitIsToldWithItsPlace(_ old: String, _ new: String, _ place: String, _ message: String) {
    let text = SavedPlanTests.text(SavedPlanTests.sample)
    #expect(text.contains(old))
    do throws(SavedPlanError) {
      _ = try SavedPlan.read(Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
      Issue.record("it was read")
    } catch {
      #expect(error.place == .member(place))
      #expect(error.message.contains(message), "\(error)")
    }
  }

  @Test func whatIsNoJSONIsToldWithItsPlace() {
    let bytes = SavedPlanTests.sample.encoded()
    do throws(SavedPlanError) {
      _ = try SavedPlan.read(Array(bytes.prefix(200)))
      Issue.record("it was read")
    } catch {
      // A text without an end is told where it begins.
      guard case .offset(let offset) = error.place else { return #expect(Bool(false), "\(error)") }
      #expect((1...200).contains(offset), "\(error)")
    }
    #expect(throws: SavedPlanError.self) { try SavedPlan.read(Array("[1]".utf8)) }
    #expect(throws: SavedPlanError.self) { try SavedPlan.read([]) }
    #expect(throws: SavedPlanError.self) {
      try SavedPlan.read(Array(String(repeating: "[", count: 100_000).utf8))
    }
  }

  @Test(arguments: [
    ("{\"execplan_saved_plan\": 1", true), (" \n{\"a\":1,\"execplan_saved_plan\" : 1", true),
    ("\u{FEFF}{\"execplan_saved_plan\"", true), ("{\"title\": \"\\\"execplan_saved_plan\\\"\"}", false),
    ("execplan_saved_plan: 1", false), ("{\"execplan\": 1}", false), ("[\"execplan_saved_plan\"]", false), ("", false),
    ("{", false), ("{\"execplan_saved_plan", false),
  ])
  func aFileSaysOfItselfWhatItIs(_ text: String, _ isOne: Bool) {
    #expect(SavedPlan.isClaimed(by: Array(text.utf8)) == isOne)
  }

  // MARK: Comparing

  private func kinds(_ change: (inout SavedPlan) -> Void) -> [SavedPlanDifference.Kind] {
    var now = SavedPlanTests.sample
    change(&now)
    return SavedPlanTests.sample.differences(from: now).map(\.kind)
  }

  @Test func whatMovedIsNamed() {
    let other = SavedPlanTests.digest("other")
    #expect(kinds { _ in } == [])
    // Who saved it, and when, is no claim about the plan.
    #expect(
      kinds {
        $0.id = "x"
        $0.savedAt = 0
        $0.user = "eve"
      } == [])
    #expect(kinds { $0.plan.path = "moved" } == [.plan])
    #expect(kinds { $0.plan.digest = other } == [.definition])
    #expect(
      kinds {
        $0.plan.digest = other
        $0.steps[0].definition = other
      } == [.definition])
    #expect(kinds { $0.parameters[2].digest = other } == [.parameter])
    #expect(kinds { $0.parameters.removeLast() } == [.parameter])
    #expect(kinds { $0.parameters.append(.init(name: "new", value: .null)) } == [.parameter])
    #expect(kinds { $0.profile = nil } == [.profile])
    #expect(kinds { $0.secrets = [] } == [.secret])
    #expect(kinds { $0.position.journal = "other" } == [.journal])
    #expect(kinds { $0.position.run = 4 } == [.run])
    #expect(
      kinds {
        $0.position.run = 4
        $0.position.checkpoint = 20
      } == [.run])
    #expect(kinds { $0.position.checkpoint = 13 } == [.checkpoint])
    #expect(kinds { $0.position.state = other } == [.state])
    #expect(kinds { $0.steps[0].decision = .skip } == [.decision])
    #expect(kinds { $0.steps[1].reasons = [] } == [.reason])
    #expect(kinds { $0.steps[0].files = other } == [.files])
    #expect(kinds { $0.steps.removeLast() } == [.definition])
    #expect(
      kinds {
        $0.steps.append(
          .init(id: "c", action: "run", decision: .run, reasons: [], definition: other))
      } == [.definition])
    // A journal that was made since is not another one.
    var before = SavedPlanTests.sample
    before.position.journal = nil
    #expect(before.differences(from: SavedPlanTests.sample).isEmpty)
  }

  @Test func differencesStandInColumns() {
    let rows = SavedPlanDifference.rows([
      .init(.run, "last run", saved: "none", now: "1"),
      .init(.decision, "\"a\"", saved: "run (first run)", now: "skip"),
    ])
    #expect(
      rows == [
        "          saved            now", "last run  none             1", "\"a\"       run (first run)  skip",
      ])
    let many = (0..<30).map { SavedPlanDifference(.decision, "\($0)", saved: "run", now: "skip") }
    #expect(SavedPlanDifference.rows(many).count == 22)
    #expect(SavedPlanDifference.rows(many).last == "and 10 more")
  }

  @Test func onlyTheUnknownIsDecidedAndOnlyAnotherSkipIsAllowed() {
    let allowed: Set<[Decision]> = [[.unknown, .run], [.unknown, .skip], [.unknown, .wait], [.run, .skip]]
    for promised in Decision.allCases {
      for actual in Decision.allCases {
        #expect(actual.keeps(promised) == (promised == actual || allowed.contains([promised, actual])))
      }
    }
  }

  @Test func whatMayQuoteDataIsNotKept() {
    #expect(SavedReason(Reason(.guardFails, "verify: found secret")).detail == nil)
    #expect(SavedReason(Reason(.inputChanged, "\"in.txt\"")).detail == "\"in.txt\"")
    #expect(SavedReason(Reason(.firstRun)).detail == nil)
  }
}

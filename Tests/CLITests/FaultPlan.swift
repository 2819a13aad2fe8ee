internal import FaultPoints

/// The plan that comes to a fault point, and what must have happened before.
struct FaultPlan {
  let file: String
  let yaml: String
  /// Faults that strike before, one an `apply`.
  let before: [String]
  /// Steps that leave a line in the ledger.
  let steps: [String]
  /// Those of them of which nobody can tell whether they ran.
  let uncertain: Set<String>
  /// Those that run at the end of every leg.
  let finally: Set<String>
  let usesDatabase: Bool
  /// What `apply` is called with.
  var arguments: [String] { [file, "-j2"] + (file == "living.md" ? ["--write-back"] : []) }

  init(for point: FaultPoint) {
    let isLiving = point == .pageWritten || point == .pageReplaced
    file = isLiving ? "living.md" : "p.execplan.yaml"
    switch point {
    case .pageWritten, .pageReplaced:
      (yaml, steps, uncertain, finally) = (FaultPlan.mixed(), ["first", "second"], [], [])
    case .marksGrown:
      (yaml, steps, uncertain, finally) = (FaultPlan.many, ["last"], ["last"], [])
    case .checkpointBegun, .checkpointMade:
      (yaml, steps, uncertain, finally) = (
        FaultPlan.mixed(large: 6), FaultPlan.names + (1...6).map { "large\($0)" }, ["plain", "last"], ["closing"]
      )
    default:
      (yaml, steps, uncertain, finally) = (FaultPlan.mixed(), FaultPlan.names, ["plain", "last"], ["closing"])
    }
    usesDatabase = !isLiving && point != .marksGrown
    before =
      switch point {
      // A step in doubt is kept as one by an apply that is refused.
      case .beforeOtherCommit, .inOtherCommit, .afterOtherCommit: ["afterExit"]
      // The second program is that of the step with inputs and outputs.
      case .outputsMovedAside: ["afterExit:2"]
      default: []
      }
  }

  private static let names = ["plain", "made", "again", "guarded", "last", "closing"]

  /// One step of each class.
  private static func mixed(large: Int = 0) -> String {
    var text = """
      execplan: 1
      title: Faults
      id: faults
      steps:
        - {id: plain, run: "sh $OUT/note.sh plain"}
        - {id: made, needs: [plain], inputs: [text], outputs: [made.txt], run: "sh $OUT/note.sh made; cp text made.txt"}
        - {id: again, needs: [plain], idempotent: true, run: "sh $OUT/note.sh again"}
        - {id: guarded, needs: [made], unless: test -e guarded.txt, run: "sh $OUT/note.sh guarded; : > guarded.txt"}
        - id: once
          needs: [again]
          sql: {database: "sqlite:w.db", exactly_once: true, script: "insert into t values (1)"}
        - {id: written, needs: [guarded, once], file: {path: written.txt, content: "done"}}
        - {id: last, needs: [written], run: "sh $OUT/note.sh last"}

      """
    // Values go into the journal: these make its log longer than it may become.
    for number in 1...max(1, large) where large > 0 {
      text += """
          - id: large\(number)
            needs: [written]
            idempotent: true
            run: |
              sh $OUT/note.sh large\(number)
              { printf 'v='; head -c 900000 /dev/zero | tr '\\0' x; echo; } >> "$EXECPLAN_OUTPUT"

        """
    }
    return text + """
      finally:
        - {id: closing, run: "sh $OUT/note.sh closing"}

      """
  }

  /// More steps than the marks of a leg have room for at first.
  private static let many: String = {
    var text = "execplan: 1\ntitle: Many\nid: many\nsteps:\n"
    for number in 1...4200 { text += "  - {id: c\(number), check: [{exists: text}]}\n" }
    return text + "  - {id: last, run: \"sh $OUT/note.sh last\"}\n"
  }()

  /// A page that a run keeps true.
  static let living = """
    ---
    execplan: 1
    id: living
    ---

    # Living

    ## Progress

    - [ ] `first`: the first
    - [ ] `second`: the second

    ## Concrete Steps

    1. `first`: the first. Idempotent: `true`.

           sh $OUT/note.sh first

    2. `second`: the second. Idempotent: `true`.

           sh $OUT/note.sh second

    """
}

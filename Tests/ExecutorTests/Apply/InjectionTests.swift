internal import Executor
internal import Foundation
internal import PlanModel
internal import Testing

/// Hostile values arrive as they are, and nothing of them is ever run.
struct InjectionTests {
  /// Each would leave the file `pwned` behind, split into words, expand, or end a quotation.
  static let hostile = [
    "$(touch pwned)", "`touch pwned`", "; touch pwned #", "& touch pwned &", "| touch pwned", "\" ; touch pwned; \"",
    "' ; touch pwned; '", "x *", "  a   b  ", "$HOME ${HOME}", "\\", "\\n\\t", "a\nb\ntouch pwned", "-n", "!!", "~",
    "{a,b}", "<(touch pwned)", "> pwned", "a[$(touch pwned)]", "%s%n", "äöü €", "\u{1B}[31m", "1 OR 1=1",
    "'); drop table t; --", "EOF\ntouch pwned\n", "${EXECPLAN_X0}", "",
  ]

  private static let contexts: [(name: String, script: String)] = [
    ("a bare word", "printf '%s' ${{ params.v }} > got"),
    ("double quotes", "printf '%s' \"${{ params.v }}\" > got"),
    (
      "inside a word", "printf '%s' pre${{ params.v }}post > got; sed -i '1s/^pre//;$s/post$//' got; truncate -s -0 got"
    ),
    ("an assignment", "v=${{ params.v }}; printf '%s' \"$v\" > got"),
    ("a command substitution", "printf '%s' \"$(printf '%sX' \"${{ params.v }}\")\" > got; truncate -s -1 got"),
    ("an unquoted heredoc", "cat > got <<EOF\n${{ params.v }}\nEOF\ntruncate -s -1 got"),
    ("a function's argument", "f() { printf '%s' \"$1\" > got; }; f ${{ params.v }}"),
    ("a case word", "case ${{ params.v }} in *) printf '%s' \"${{ params.v }}\" > got;; esac"),
    ("a loop's list", "for v in ${{ params.v }}; do printf '%s' \"$v\" > got; done"),
    ("a redirection", "printf '%s' ${{ params.v }} > \"$(printf got)\""),
    ("after a line", "true\nprintf '%s' ${{ params.v }} > got"),
  ]

  private func apply(_ step: String, value: String, _ check: (TestProject) throws -> Void) throws {
    try TestProject.with("params: {v: {type: string, default: \"\"}}\nsteps:\n" + step) { project in
      project.parameters = ["v": .string(value)]
      let applied = try project.apply()
      #expect(applied.exit == .success, "\(value.debugDescription): \(applied.reason("a"))")
      try check(project)
      #expect(project.read("pwned") == nil, "\(value.debugDescription) ran")
    }
  }

  @Test(arguments: contexts.indices)
  func aValueIsOneWordInEveryPlaceOfAScript(_ index: Int) throws {
    let context = InjectionTests.contexts[index]
    let script = context.script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "      \($0)\n" }.joined()
    // All values in one plan: each step in a folder of its own.
    let steps = InjectionTests.hostile.indices.map { place in
      "  - id: s\(place)\n    cwd: d\(place)\n    run: |\n"
        + script.replacingOccurrences(of: "params.v ", with: "params.v\(place) ")
    }
    let parameters = InjectionTests.hostile.indices.map { "  v\($0): {type: string, default: \"\"}\n" }.joined()
    try TestProject.with("params:\n\(parameters)steps:\n" + steps.joined()) { project in
      for (place, value) in InjectionTests.hostile.enumerated() {
        project.parameters["v\(place)"] = .string(value)
        try project.write("d\(place)/keep")
      }
      let applied = try project.apply {
        $0.jobs = 2
        $0.keepGoing = true
      }
      #expect(applied.exit == .success, "\(context.name)")
      for (place, value) in InjectionTests.hostile.enumerated() {
        #expect(project.read("d\(place)/got") == value, "\(context.name)")
        #expect(project.read("d\(place)/pwned") == nil, "\(context.name): \(value.debugDescription) ran")
      }
    }
  }

  @Test func argumentsVariablesAndFilesGetTheValueAsItIs() throws {
    for value in InjectionTests.hostile {
      try apply(
        """
          - id: a
            exec: [sh, -c, "printf '%s' \\"$1\\" > argument; printf '%s' \\"$V\\" > variable", sh, "${{ params.v }}"]
            env: {V: "${{ params.v }}"}
          - {id: b, file: {path: file, content: "${{ params.v }}"}}
          - {id: c, unless: "test ${{ params.v }} = nothing-is-like-this", run: "true"}
          - {id: d, check: [{run: "test ${{ params.v }}x != nothing"}]}

        """, value: value
      ) { project in
        #expect(project.read("argument") == value)
        #expect(project.read("variable") == value)
        #expect(project.read("file") == value)
      }
    }
  }

  @Test func valuesAreParametersInSQL() throws {
    for value in ["'); drop table t; --", "\" ; touch pwned; \"", "1 OR 1=1", "?1", ":b", "a\nb", "äöü €", ""] {
      try apply(
        """
          - {id: z, sql: {database: "sqlite:w.db", script: "create table t(x); insert into t values (:b)", bind: {b: "${{ params.v }}"}}}
          - {id: a, needs: [z], sql: {database: "sqlite:w.db", script: "insert into t values (${{ params.v }})"}}
          - {id: b, needs: [a], sql: {database: "sqlite:w.db", query: "select count(*) as n from t where x = ${{ params.v }}"}}
          - {id: c, needs: [b], run: "echo ${{ steps.b.values.n }} > n"}
          - {id: d, needs: [b], check: [{sql: {database: "sqlite:w.db", query: "select count(*) from t where x = ${{ params.v }}", expect: {value: {eq: 2}}}}]}

        """, value: value
      ) { project in
        #expect(project.lines("n") == ["2"])
        let rows = try project.query("SELECT x FROM t", in: "w.db")
        #expect(rows == [value, value])
      }
    }
  }

  @Test func aListGivesOneArgumentAnItem() throws {
    try TestProject.with(
      """
      params: {v: {type: list, default: []}}
      steps:
        - {id: a, exec: [sh, -c, 'for v in "$@"; do echo "[$v]"; done > got', sh, "${{ params.v }}", end]}
      """
    ) { project in
      project.parameters = ["v": .list([.string("a b"), .string("$(touch pwned)"), .string("")])]
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("got") == ["[a b]", "[$(touch pwned)]", "[]", "[end]"])
    }
  }
}

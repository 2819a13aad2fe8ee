internal import Foundation
internal import TestSupport
internal import Testing

/// Every place where an expression may be written: a hostile value arrives as it is, or the plan is refused.
struct InjectionTests {
  /// Each would leave the file `pwned` behind, end a quotation, split into words or expand where it is read as source.
  static let hostile = [
    "$(touch pwned)", "`touch pwned`; touch pwned #", "' ; touch pwned; ' \" ; touch pwned; \"", "a[$(touch pwned)]",
    "'); drop table t; -- \"); drop table t; --", "END\ntouch pwned\nEND", "x * ${HOME} ~ \\", "-n", "*",
  ]

  private static let allowed = InjectionRow.all.filter { if case .arrives = $0.outcome { true } else { false } }
  private static let refused = InjectionRow.all.filter { if case .refused = $0.outcome { true } else { false } }

  /// All places in one plan, each step in a folder of its own.
  private static let plan =
    "execplan: 1\ntitle: T\nid: t\nparams: {v: {type: string, default: \"\"}}\nsteps:\n"
    + allowed.indices.map { index in
      "  - id: s\(index)\n    cwd: d\(index)\n    "
        + allowed[index].yaml.replacing("X", with: "${{ params.v }}").replacing("D/", with: "d\(index)/")
    }.joined()

  @Test(arguments: hostile) func aValueArrivesAsItIs(_ value: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("t.execplan.yaml", Self.plan)
      for index in Self.allowed.indices { try folder.write("d\(index)/keep", "") }
      let values = try JSONSerialization.data(withJSONObject: ["v": value])
      try folder.write("values.json", String(decoding: values, as: UTF8.self))
      let result = try Execplan.run(["apply", "--keep-going", "--params-file", "values.json"], in: folder)
      #expect(result.exit == 0, "\(result.stdout)")
      for (index, row) in Self.allowed.enumerated() {
        if row.yaml.hasPrefix("sql") {
          let found = try Execplan.runOther(
            "/usr/bin/env", ["sqlite3", "d\(index)/w.db", "select v from t"], in: folder)
          #expect(found.stdout == value + "\n", "\(row)")
        } else {
          #expect(folder.read("d\(index)/got") == value, "\(row)")
        }
      }
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      #expect(!files.contains { $0.hasSuffix("pwned") })
    }
  }

  @Test(arguments: refused) func anExpressionIsRefusedAtItsPlace(_ row: InjectionRow) throws {
    guard case .refused(let code) = row.outcome else { return }
    try withTemporaryFolder { folder in
      let text =
        "execplan: 1\ntitle: T\nparams: {v: {type: string, default: \"\"}}\nsteps:\n  - id: a\n    "
        + row.yaml.replacing("X", with: "${{ params.v }}")
      try folder.write("t.execplan.yaml", text)
      let before = text[..<(try #require(text.firstRange(of: "${{")).lowerBound)]
      let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
      let place = "t.execplan.yaml:\(lines.count):\((lines.last?.utf8.count ?? 0) + 1)"
      let result = try Execplan.run(["validate"], in: folder)
      #expect(result.exit == 1)
      #expect(
        result.stdout.split(separator: "\n").contains { $0.hasPrefix("\(place): error: ") && $0.contains("[\(code)-") },
        "\(place) \(code)\n\(result.stdout)")
    }
  }
}

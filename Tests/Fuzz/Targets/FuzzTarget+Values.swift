internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText

extension FuzzTarget {
  /// What a step wrote to `$EXECPLAN_OUTPUT`, and a dotenv file of the same bytes.
  static let values = FuzzTarget("values") { bytes in
    if let entries = try published(bytes) {
      try checkKeys(entries.map(\.key))
      let written = entries.map { entry in
        let mark = mark(for: entry.value)
        return "\(entry.key)<<\(mark)\n\(entry.value.text ?? "")\n\(mark)\n"
      }
      let again = try published(Array(written.joined().utf8))
      try promise(
        again == entries || written.joined().utf8.count > PublishedValues.limit, "values are read differently")
    }
    let plan = "execplan: 1\ntitle: T\ndotenv: .env\nsteps: [{id: a, exec: [\"true\"]}]\n"
    var found = DiagnosticCollector()
    let document = PlanDocument.read(SourceFile(path: "fuzz.execplan.yaml", text: plan), into: &found)
    let loaded = PlanLoader.load(document, path: document.source.path, files: SameFile(bytes: bytes))
    try checkKeys(loaded.plan?.dotenv.variables.map(\.name) ?? [])
  }

  private static func published(_ bytes: [UInt8]) throws -> [Value.Entry]? {
    do throws(PublishedValues.Problem) {
      return try PublishedValues.parse(bytes)
    } catch {
      try promise(!error.message.isEmpty, "a problem says nothing")
      return nil
    }
  }

  private static func checkKeys(_ keys: [String]) throws {
    try promise(keys.allSatisfy { !$0.isEmpty && !$0.utf8.contains(0) }, "a key is empty or holds NUL")
    try promise(Set(keys).count == keys.count, "a key is there twice")
  }

  /// An end mark that is no line of the value.
  private static func mark(for value: Value) -> String {
    let lines = Set((value.text ?? "").utf8.split(separator: 0x0A).map { String(Substring($0)) })
    var number = 0
    while lines.contains("END\(number)") || lines.contains("END\(number)\r") { number += 1 }
    return "END\(number)"
  }
}

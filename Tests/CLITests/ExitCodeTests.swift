internal import Foundation
internal import TestSupport
internal import Testing

/// Every exit code, each way in which it arises, and which one counts when several hold.
struct ExitCodeTests {
  @Test(arguments: ExitCodeCase.all) func theCodeOf(_ test: ExitCodeCase) throws {
    let project = try ScratchProject()
    defer { project.remove() }
    if !test.steps.isEmpty {
      let head = "execplan: 1\ntitle: T\nid: p\norder: graph\nsteps:\n"
      try project.folder.write("p.execplan.yaml", head + test.steps.map { "  - \($0)\n" }.joined())
    }
    let said = try project.run("(\(test.script)\n); echo \"exit $?\"")
    #expect(said.last == "exit \(test.code)", "\(said.joined(separator: "\n"))")
  }

  /// No code of the page is without a way to it, and the table has no other codes.
  @Test func everyDocumentedCodeIsMet() throws {
    let help = try withTemporaryFolder { try Execplan.run(["help", "exit-codes"], in: $0).stdout }
    let documented = help.split(separator: "\n").flatMap { line -> [Int32] in
      // `  129, 130, 143             stopped by …`; other lines have no number in front.
      line.prefixMatch(of: #/ {2}([0-9, ]+) {2}/#)?.1.split(separator: ",").compactMap {
        Int32($0.trimmingCharacters(in: .whitespaces))
      } ?? []
    }
    #expect(documented == Set(ExitCodeCase.all.map(\.code)).sorted())
  }
}

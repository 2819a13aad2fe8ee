internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan adopt`, seen from outside.
struct AdoptTests {
  /// A plan in prose, with blocks in every place and of every kind.
  private static let prose = """
    # Tidy the notes

    ## Concrete Steps

    Make a place for them:

        mkdir -p notes
        date > notes/today.txt

    1. Count them.

        ls notes | wc -l > count.txt

       It prints nothing.

    2. Look at the count:

       ```
       cat count.txt
       ```

       Expected transcript:

       ```
       1
       ```

    - Sort them:

          sort notes/today.txt > sorted.txt

      Then compare the two
      files:

      ```console
      $ cmp notes/today.txt sorted.txt
      ```

    - Afterwards:
      - keep a copy:

        ```sh
        cp sorted.txt kept.txt
        ```

    In the folder of the notes:

      cwd: notes

        test -s today.txt

    It says:

        $ ls notes
        today.txt

    Send them:

        git push origin main

    For one note:

        cat notes/<name>.txt

    """

  @Test func whatIsAdoptedRunsAndIsNotAdoptedAgain() throws {
    try withTemporaryFolder { folder in
      try folder.write("plan.md", Self.prose)
      let shown = try Execplan.run(["adopt", "plan.md"], in: folder)
      #expect(shown.exit == 0 && shown.stderr.contains("7 steps to declare; nothing was written"), "\(shown.stderr)")
      #expect(folder.read("plan.md") == Self.prose)
      let written = try Execplan.run(["adopt", "plan.md", "--write"], in: folder)
      #expect(written.stdout == shown.stdout)
      let ids = "make-place-them, count-them, look-count, sort-them, compare-two-files, keep-copy, folder-notes"
      #expect(written.stderr.contains("declared 7 steps: \(ids)\n"), "\(written.stderr)")
      for line in [
        "plan.md:54: left as it is: commands and other text in one block: \"today.txt\"",
        "plan.md:59: left as it is: \"git push\" can't be taken back, or leaves this machine",
        "plan.md:63: left as it is: \"<name>\" has to be filled in",
      ] {
        #expect(written.stderr.contains(line), "\(written.stderr)")
      }
      let adopted = folder.read("plan.md")
      let again = try Execplan.run(["adopt", "plan.md", "--write"], in: folder)
      #expect(again.stdout.isEmpty && again.stderr.contains("nothing was declared"), "\(again.stderr)")
      #expect(folder.read("plan.md") == adopted)
      #expect(try Execplan.run(["validate", "plan.md"], in: folder).exit == 0)
      let run = try Execplan.run(["apply", "plan.md"], in: folder)
      #expect(run.exit == 0 && run.stdout.contains("7 succeeded"), "\(run.stdout)\(run.stderr)")
      #expect(FileManager.default.fileExists(atPath: folder.path("kept.txt")))
    }
  }

  /// What a formatter makes of it has the same steps with the same scripts.
  @Test(arguments: [[], ["--wrap", "20"], ["--wrap", "no"]])
  func aFormatterKeepsWhatWasAdopted(options: [String]) throws {
    guard let formatter = PythonTool.path("mdformat") else { return }
    try withTemporaryFolder { folder in
      try folder.write("plan.md", Self.prose)
      #expect(try Execplan.run(["adopt", "plan.md", "--write"], in: folder).exit == 0)
      let before = try Self.meaning(folder)
      #expect(before.count == 8)
      let formatted = try Execplan.runOther(formatter, options + ["plan.md"], in: folder)
      #expect(formatted.exit == 0, "\(formatted.stderr)")
      #expect(try Self.meaning(folder) == before)
      let again = try Execplan.run(["adopt", "plan.md"], in: folder)
      #expect(again.stdout.isEmpty, "\(again.stdout)")
    }
  }

  /// The ids of the steps, and the digest of the plan, which holds their scripts.
  private static func meaning(_ folder: TemporaryFolder) throws -> [String] {
    let result = try Execplan.run(["plan", "plan.md", "--format", "json"], in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any]
    let steps = try #require(object?["steps"] as? [[String: Any]], "\(result.stdout)\(result.stderr)")
    let ids = steps.compactMap { $0["id"] as? String }
    return ids + [try #require(object?["digest"] as? String)]
  }
}

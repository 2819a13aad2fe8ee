internal import YAML

/// The markdown plan that `new` writes: it has the twelve sections, runs as it stands, and says in angle brackets what
/// is still to be filled in.
struct SampleDocument {
  let title: String
  let id: String

  var text: String {
    """
    ---
    execplan: 1
    id: \(YAMLQuoting.quoted(id))
    title: \(YAMLQuoting.quoted(title))
    ---

    # \(heading)

    This ExecPlan is a living document: keep Progress, Surprises & Discoveries, Decision Log, and Outcomes &
    Retrospective up to date while the work goes on.

    ## Purpose / Big Picture

    <say what a user can do afterwards that was not possible before, and how to see it>

    ## Progress

    - [ ] `prepare`: a folder for the results is there.
    - [ ] `check`: the work is proved to be done.

    ## Surprises & Discoveries

    None yet.

    ## Decision Log

    None yet.

    ## Outcomes & Retrospective

    None yet.

    ## Context and Orientation

    <name the files that matter and how they hang together, for a reader who knows nothing of this project>

    ## Plan of Work

    <say in prose what is changed, in which order, and why>

    ## Concrete Steps

    Commands run at the root of the project. An item that begins with an id in backticks and a colon is a step.

    1. `prepare`: make a folder for the results. Creates: `out/\(id)/ready.txt`.

           mkdir -p out/\(id)
           echo ready > out/\(id)/ready.txt

    ## Validation and Acceptance

    1. `check`: the folder is ready.

       ```yaml
       check:
         - file: {path: out/\(id)/ready.txt, contains: ready}
       ```

    ## Idempotence and Recovery

    Every step can be run again: it only writes its own results.

    ## Artifacts and Notes

    None yet.

    ## Interfaces and Dependencies

    <name what the work relies on, and what others may rely on after it>

    """
  }

  /// The title on one line. Where markdown would read it otherwise, the front matter has it as it is.
  private var heading: String {
    let words = title.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    return String(
      String.UnicodeScalarView(
        words.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0 ~= $0.value) }))
  }
}

internal import YAML

/// The plan that `new` writes: it is valid, runs as it stands, and its second run has nothing to do.
struct SamplePlan {
  let title: String
  let id: String
  /// The path of the schema for editors, as seen from the plan's folder.
  let schema: String?

  var text: String {
    let modeline = schema.map { "# yaml-language-server: $schema=\($0)\n" } ?? ""
    return modeline + """
      execplan: 1
      title: \(scalar(title))
      id: \(scalar(id))
      purpose: |
        Say in a few sentences what is possible when this plan is done, and how to see it.

      # What may differ from run to run: execplan apply --param greeting=Hi
      params:
        greeting: {type: string, default: Hello}

      # A step starts when all that it needs is done. Paths are relative to the project root.
      # All keys and actions: execplan help plan-format
      steps:
        # A file that is to be as described. While it is, there is nothing to do.
        - id: names
          title: Write the names
          file:
            path: out/\(id)/names.txt
            content: |
              Ada
              Grace

        # A script. While its inputs, outputs and text are as they were, it is skipped.
        # The value of ${{ … }} reaches it through a variable and is never read as shell text.
        - id: greet
          title: Greet everybody
          needs: [names]
          inputs: [out/\(id)/names.txt]
          outputs: [out/\(id)/greetings.txt]
          run: |
            while read -r name; do
              echo "${{ params.greeting }}, ${name}!"
            done < out/\(id)/names.txt > out/\(id)/greetings.txt

        # What must be true in the end.
        - id: check
          title: Check the greetings
          needs: [greet]
          check:
            - file: {path: out/\(id)/greetings.txt, contains: "Ada!"}

      """
  }

  /// The text as it is where YAML reads it as that text, else in quotes.
  private func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } == true && text.last != " "
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " _.,()/-".contains($0)) }
      && !["null", "true", "false"].contains(text.lowercased())
    return isPlain ? text : YAMLQuoting.quoted(text)
  }
}

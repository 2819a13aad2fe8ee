internal import Diagnostics

extension Rule {
  static let unstatedNeeds = Rule(
    "EP325", "unstated-needs", .warning,
    summary: "a step of a markdown plan says nothing about its needs, while others do",
    explanation: """
      As long as no step of a markdown plan has "Needs", its steps run from top to bottom. With the first "Needs" they \
      run as a graph, and a step without "Needs" starts at once, wherever it stands. Say so with "Needs: none".
      """,
    bad: """
      # Release

      ## Concrete Steps

      1. `build`: build the binary.

             make dist

      2. `test`: test it. Needs: `build`.

             make test

      3. `publish`: publish it.

             make publish

      """,
    good: """
      # Release

      ## Concrete Steps

      1. `build`: build the binary.

             make dist

      2. `test`: test it. Needs: `build`.

             make test

      3. `publish`: publish it. Needs: `test`.

             make publish

      """)
}

internal import Diagnostics

extension Rule {
  static let badPath = Rule(
    "EP212", "bad-path",
    summary: "a path that cannot be used here",
    explanation: """
      Paths are relative to the project root. What execplan itself writes (file, edit) is one path, never a \
      pattern. It lies inside the project, unless the action says `allow_outside: true`.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: ../outside.conf, content: x}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: etc/inside.conf, content: x}

      """)
}

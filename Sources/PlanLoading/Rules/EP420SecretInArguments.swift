internal import Diagnostics

extension Rule {
  static let secretInArguments = Rule(
    "EP420", "secret-in-arguments", .warning,
    summary: "a secret among the arguments of a program",
    explanation: """
      While a program runs, every user of the machine can read its arguments, in `ps` and in /proc, and many \
      programs write them into logs of their own. Its environment only its owner can read. Name the secret under \
      `secrets:` of the step, and let the program read the variable, a file or its standard input.
      """,
    bad: """
      execplan: 1
      title: Example
      secrets:
        TOKEN: {env: TOKEN}
      steps:
        - id: upload
          run: tools/upload --token ${{ secrets.TOKEN }} dist
          idempotent: true
      """,
    good: """
      execplan: 1
      title: Example
      secrets:
        TOKEN: {env: TOKEN}
      steps:
        - id: upload
          secrets: [TOKEN]
          run: tools/upload --token-from-env TOKEN dist
          idempotent: true
      """)
}

internal import Diagnostics

extension Rule {
  static let ignoredInCall = Rule(
    "EP224", "ignored-in-call", .info,
    summary: "a plan that is called has keys for runs of its own",
    explanation: """
      A called plan is a part of the run of the plan that calls it. Who is told how that run ended, and which document is \
      written into, says the plan that is executed: "notify" and "write_back" of the others count only when they are \
      executed themselves. Nothing is wrong with having them there.
      """,
    bad: """
      execplan: 1
      title: Release
      steps:
        - id: deploy
          call: {path: plans/deploy-and-tell.execplan.yaml}
      """,
    good: """
      execplan: 1
      title: Release
      notify:
        on_failure: mail -s "the release failed" ops@example.org
      steps:
        - id: deploy
          run: make deploy
      """)
}

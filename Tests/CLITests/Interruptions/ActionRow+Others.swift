/// What asks servers, waits, or is carried out by other programs and plans.
extension ActionRow {
  static let web: [ActionRow] = [
    request("GET", "http: \"$URL/hold/it\""),
    request("POST", "http: {url: \"$URL/hold/it\", method: POST, body: x}"),
    request("POST, `idempotent: true`", "idempotent: true", "http: {url: \"$URL/hold/it\", method: POST, body: x}"),
    .own(
      "fetch", "", "fetch: {url: \"$URL/text?body=x\", path: made}", effect: .requests, during: "fileWritten",
      files: ["made": "old\n"]),
    .own(
      "fetch", "`sha256`", "fetch: {url: \"$URL/text?body=x\", path: made, sha256: \(digest)}", effect: .requests,
      during: "fileWritten", files: ["made": "old\n"]),
  ]

  /// Of the text `x`.
  private static let digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

  private static func request(_ variant: String, _ yaml: String...) -> ActionRow {
    ActionRow(
      action: "http", variant: variant, yaml: yaml, effect: .requests, before: .at("beforeLaunch"), during: .asked,
      after: .at("afterAction"))
  }

  static let waits: [ActionRow] = [
    .own("wait", "for a port", "timeout: 10m", "wait: {for: {port: $PORT}}", during: "afterClaimCommit"),
    ActionRow(
      action: "wait", variant: "for a file", yaml: ["timeout: 10m", "wait: {for: {exists: come}, interval: 10ms}"],
      effect: .state, before: .at("beforeLaunch"), during: .started, after: .at("afterAction"), awaited: ["come"]),
    .own("wait", "a duration", "wait: {for: {duration: 200ms}}", during: "afterClaimCommit"),
  ]

  static let external: [ActionRow] = [
    uses("`convergent`", describes: "\"idempotence\": \"convergent\", \"probe\": true"),
    uses("that says nothing", describes: "\"idempotence\": \"none\""),
  ]

  private static func uses(_ variant: String, describes: String) -> ActionRow {
    var row = program("uses", variant, "uses: thing", "with: {name: made}")
    row.files = ["execplan.config.yaml": "actions: [tools]\n"]
    row.programs = [
      "tools/execplan-action-thing": """
      #!/bin/sh
      case "$1" in
      describe) echo '{"protocol": 1, \(describes)}' ;;
      probe)
        cat > /dev/null
        if test -e made; then echo '{"done": true}'; else echo '{"done": false, "reason": "made is not there"}'; fi ;;
      apply)
        cat > /dev/null
        BLOCK; LEDGER; echo x > made
        echo '{"changed": true}' ;;
      esac

      """
    ]
    return row
  }

  static let calls: [ActionRow] = [
    call("a step of the called plan", node: "it/work", steps: "BLOCK; LEDGER; echo x > made", finally: "rm -f none"),
    call(
      "a step of its `finally`", node: "it/tidy", steps: "echo x > made", finally: "BLOCK; LEDGER; rm -f made", nth: 2),
  ]

  /// - Parameter nth: which launch of the run is that of the step.
  private static func call(
    _ variant: String, node: String, steps: String, finally: String, nth: Int = 1
  ) -> ActionRow {
    ActionRow(
      action: "call", variant: variant, yaml: ["env: {OUT: $OUT}", "call: {path: sub.plan}"], effect: .ledger,
      before: .at("beforeLaunch:\(nth)"), during: .blocked, after: .at("afterExit:\(nth)"),
      files: [
        "sub.plan": """
        execplan: 1
        title: Called
        steps:
          - {id: work, run: "\(filled(steps))"}
        finally:
          - {id: tidy, run: "\(filled(finally))"}

        """
      ], node: node)
  }
}

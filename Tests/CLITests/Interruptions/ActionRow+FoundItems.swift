extension ActionRow {
  /// An item that is found in the value of a step before: the first launch is that of this step.
  static let foundItems: [ActionRow] = [
    ActionRow(
      action: "foreach", variant: "over values",
      yaml: ["foreach: fromJSON(steps.list.values.names)", "run: BLOCK; LEDGER; echo x > made"], effect: .ledger,
      before: .at("beforeLaunch:2"), during: .blocked, after: .at("afterExit:2"), node: "it[a]",
      producer: #"""
          - id: list
            run: |
              echo 'names=["a"]' >> "$EXECPLAN_OUTPUT"

        """#)
  ]
}

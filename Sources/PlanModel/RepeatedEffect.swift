/// What the text of an action shows of an effect that adds up when it is repeated.
package enum RepeatedEffect {
  /// The effect in words, `appends to a file`; nil if nothing shows one.
  package static func of(_ action: Action) -> String? {
    switch action {
    case .run(let run): inText(run.script.text)
    case .sql(let sql):
      switch sql.body {
      case .script(let text), .query(let text): inText(text.text)
      case .statements(let list): inText(list.map(\.text).joined(separator: ";\n"))
      case .file: nil
      }
    case .exec, .file, .edit, .check, .manual: nil
    }
  }

  private static func inText(_ text: String) -> String? {
    // The files that a step publishes its values in are made anew for every attempt.
    let shown = text.split(separator: "\n").filter {
      !$0.contains("EXECPLAN_OUTPUT") && !$0.contains("EXECPLAN_STATE") && !$0.drop { $0 == " " }.hasPrefix("#")
    }.joined(separator: "\n").lowercased()
    func has(_ words: String...) -> Bool { words.contains { shown.contains($0) } }
    if has(">>", "tee -a") { return "appends to a file" }
    if has("insert into"), !has("on conflict", "or ignore", "or replace", "not exists") { return "inserts rows" }
    if has("-x post", "--request post", "curl -d") { return "sends a POST" }
    if has("git commit", "git push", "git tag ") { return "commits, tags or pushes" }
    if has("npm publish", "twine upload", "cargo publish", "docker push", "gh release create") { return "publishes" }
    return nil
  }
}

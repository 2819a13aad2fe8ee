/// Commands that must not be declared without a person: their effect can't be taken back, or leaves this machine.
enum DestructiveCommand {
  /// What is destructive in a shell text, as it is said to people; nil if nothing is.
  static func first(in text: String) -> String? {
    let commands = ShellWords.commands(text)
    for command in commands {
      if let found = first(of: command) { return found }
    }
    let isFetched = commands.contains { ["curl", "wget"].contains($0[0].text) }
    if isFetched, commands.contains(where: { ["sh", "bash"].contains($0[0].text) && $0.count == 1 }) {
      return "curl | sh"
    }
    return nil
  }

  private static func first(of command: [ShellWords.Word]) -> String? {
    var words = command[...]
    while let word = words.first, word.isAssignment || wrappers.contains(word.text) {
      words.removeFirst()
      // The options of the wrapper: `xargs -0`.
      if !word.isAssignment { words = words.drop { $0.isFlag || $0.text.allSatisfy(\.isNumber) } }
    }
    guard let program = words.first?.text else { return nil }
    let rest = words.dropFirst()
    switch program {
    case "rm" where rest.contains { isRecursive($0.text) }: return "rm -rf"
    case "find" where rest.contains { $0.text == "-delete" }: return "find -delete"
    case "curl": return sends(rest) ? "curl to another machine" : nil
    case "sh", "bash", "eval":
      guard let text = rest.first(where: { $0.isQuoted })?.text else { return nil }
      return ShellWords.commands(text).lazy.compactMap { $0[0].text == program ? nil : first(of: $0) }.first
    default: break
    }
    if let sql = rest.first(where: { $0.isQuoted && drops($0.text) }), databases.contains(program) {
      return String(sql.text.prefix(40))
    }
    for pattern in patterns where pattern[0] == program && matches(pattern, rest) {
      if rest.contains(where: { ["--dry-run", "--help"].contains($0.text) }) { continue }
      // Without these it makes one.
      if pattern == ["git", "tag"], rest.contains(where: { ["-l", "--list"].contains($0.text) }) { continue }
      return pattern.joined(separator: " ")
    }
    return nil
  }

  /// Whether the words after the program are those of a pattern. Between them only options and their values stand:
  /// `git -C web push`, but not `git stash push`.
  private static func matches(_ pattern: [String], _ words: ArraySlice<ShellWords.Word>) -> Bool {
    var expected = pattern.dropFirst()
    var isValue = false
    for word in words {
      guard let next = expected.first else { return true }
      if word.text == next {
        expected.removeFirst()
        isValue = false
      } else if word.isFlag {
        isValue = !word.text.contains("=")
      } else if isValue {
        isValue = false
      } else {
        return false
      }
    }
    return expected.isEmpty
  }

  /// `-r`, `-rf`, `-fR`, `--recursive`
  private static func isRecursive(_ word: String) -> Bool {
    if word == "--recursive" { return true }
    guard word.hasPrefix("-"), !word.hasPrefix("--") else { return false }
    return word.contains("r") || word.contains("R")
  }

  /// Whether `curl` sends something to a machine that is not this one.
  private static func sends(_ words: ArraySlice<ShellWords.Word>) -> Bool {
    let texts = words.map(\.text)
    let isLocal = !texts.contains { word in
      guard let scheme = word.firstRange(of: "://") else { return false }
      let host = word[scheme.upperBound...]
      return !["localhost", "127.", "0.0.0.0", "[::1]", "$"].contains { host.hasPrefix($0) }
    }
    if isLocal { return false }
    let methods = ["POST", "PUT", "PATCH", "DELETE"]
    let names = zip(texts, texts.dropFirst()).contains { ["-X", "--request"].contains($0) && methods.contains($1) }
    return names
      || texts.contains { word in
        methods.contains { word == "-X" + $0 }
          || ["-d", "-F", "-T", "--json", "--form", "--upload-file"].contains(word)
          || word.hasPrefix("--data")
      }
  }

  private static func drops(_ text: String) -> Bool {
    let sql = text.lowercased()
    return ["drop table", "drop database", "drop schema", "truncate ", "delete from "].contains { sql.contains($0) }
  }

  private static let databases: Set<String> = ["psql", "mysql", "mariadb", "sqlite3", "duckdb", "sqlcmd", "docker"]

  /// Programs that run the command in their arguments.
  private static let wrappers: Set<String> = [
    "env", "time", "nohup", "xargs", "exec", "command", "then", "do", "else", "$", "!",
  ]

  private static let patterns: [[String]] = [
    "git push", "git reset --hard", "git clean", "git tag", "git branch -D", "git restore", "git checkout --",
    "git stash drop", "git stash clear", "kubectl delete", "kubectl apply", "kubectl scale", "kubectl drain",
    "helm uninstall", "helm upgrade", "helm install", "terraform apply", "terraform destroy", "pulumi up",
    "pulumi destroy", "cdk deploy", "cdk destroy", "sam deploy", "serverless deploy", "docker system", "docker rm",
    "docker rmi", "docker volume rm", "docker compose down", "docker-compose down", "docker push", "npm publish",
    "pnpm publish", "yarn publish", "yarn npm publish", "bun publish", "cargo publish", "poetry publish", "uv publish",
    "gem push", "twine upload", "gh release create", "gh release delete", "gh release upload", "gh pr create",
    "gh pr merge", "gh pr close", "gh pr comment", "gh pr edit", "gh pr review", "gh repo create", "gh repo delete",
    "gh issue create", "gh issue close", "gh issue comment", "gh workflow run", "gh secret set",
    "aws s3 rm", "aws s3 cp", "aws s3 sync", "gcloud run deploy", "gcloud app deploy", "dropdb", "mkfs", "dd", "shred",
    "sudo", "shutdown", "reboot", "systemctl", "ssh", "scp", "ansible-playbook", "vercel", "wrangler deploy",
    "firebase deploy", "fly deploy", "flyctl deploy", "netlify deploy", "heroku", "supabase db push",
    "supabase db reset", "prisma migrate reset", "prisma migrate deploy", "mix ecto.drop", "rails db:drop",
    "rails db:reset", "rake db:drop", "rake db:reset",
  ].map { $0.split(separator: " ").map(String.init) }
}

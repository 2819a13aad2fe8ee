/// Takes out of an output what differs from run to run.
enum DocsOutput {
  /// Times, durations, people and numbers of processes become signs, and runs of blanks one blank: columns are as wide as what
  /// stands in them.
  static func canonical(_ lines: [String]) -> String {
    lines.map { line in
      var line = line
      line.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z/, with: "TIME")
      line.replace(/\b\d\d:\d\d:\d\dZ?/, with: "TIME")
      line.replace(/\b(\d+ d )?(\d+ h )?(\d+ min )?\d+(\.\d+)? (ms|s|min|h)\b/, with: "DURATION")
      line.replace(/_ms":\d+/, with: "_ms\":DURATION")
      line.replace(/(just now|DURATION ago)/, with: "AGO")
      line.replace(/logs\/\d+\/\d+/, with: "logs/RUN/ATTEMPT")
      line.replace(/\b([0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{12})\b/, with: "DIGEST")
      line.replace(/\([^()@ ]+@[^() ,]+(, [^() ]+@[^() ]+)?\)/, with: "(USER@HOST)")
      line.replace(/\b(pid|process) \d+/, with: "process NUMBER")
      line.replace(/\s{2,}/, with: " ")
      return line
    }.joined(separator: "\n")
  }
}

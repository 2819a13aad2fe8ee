/// In how many of a collection of real markdown plans each rule of the standard finds something.
///
/// Written by a test (`StandardCorpusTests`) from plans that are not part of this repository.
enum StandardFigures {
  static let plans = 0
  static let rows: [(code: String, files: Int, findings: Int)] = []

  /// The table as markdown.
  static func table() -> String {
    var out = [
      "These rules hold for markdown plans only. How often they find something in \(plans) plans out of public",
      "repositories, under the standard `lenient`:", "", "| rule | plans | findings |", "|---|---|---|",
    ]
    out += rows.map { "| \($0.code) | \($0.files) | \($0.findings) |" }
    return out.joined(separator: "\n") + "\n"
  }
}

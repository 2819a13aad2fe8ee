/// In how many of a collection of real markdown plans each rule of the standard finds something.
///
/// Written by a test (`StandardCorpusTests`) from plans that are not part of this repository.
enum StandardFigures {
  static let plans = 69
  static let rows: [(code: String, files: Int, findings: Int)] = [
    ("EP601", 28, 102),
    ("EP602", 0, 0),
    ("EP603", 0, 0),
    ("EP604", 1, 1),
    ("EP605", 14, 14),
    ("EP606", 0, 0),
    ("EP607", 0, 0),
    ("EP608", 0, 0),
    ("EP609", 10, 10),
    ("EP610", 1, 1),
    ("EP611", 27, 27),
    ("EP612", 0, 0),
    ("EP613", 2, 2),
    ("EP614", 0, 0),
    ("EP615", 10, 10),
    ("EP616", 0, 0),
    ("EP701", 0, 0),
    ("EP702", 17, 17),
    ("EP703", 0, 0),
    ("EP704", 0, 0),
    ("EP705", 6, 6),
    ("EP706", 1, 1),
    ("EP707", 12, 12),
    ("EP708", 21, 21),
    ("EP709", 0, 0),
    ("EP710", 0, 0),
  ]

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

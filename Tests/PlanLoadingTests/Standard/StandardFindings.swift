internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText

/// The findings of the standard in texts.
enum StandardFindings {
  static func of(
    _ text: String, _ profile: StandardProfile = StandardProfile(), files: (any FileQuestions)? = nil
  ) -> [Diagnostic] {
    of(SourceFile(path: "plan.md", text: text), profile, files: files)
  }

  static func of(
    _ source: SourceFile, _ profile: StandardProfile = StandardProfile(), files: (any FileQuestions)? = nil
  ) -> [Diagnostic] {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(source, into: &collector)
    return StandardRules.check(document, profile: profile, files: files).sorted()
  }

  /// `EP701@3:1 warning` for each.
  static func places(_ findings: [Diagnostic], in text: String) -> [String] {
    let source = SourceFile(path: "plan.md", text: text)
    return findings.map { finding in
      let place = source.location(of: finding.range.lowerBound)
      return "\(finding.rule.code)@\(place.line):\(place.column)"
    }
  }
}

/// A project of which only some files are there.
struct SomeFiles: FileQuestions {
  var paths: Set<String> = []

  func exists(_ path: String) -> Bool { paths.contains(path) }

  func content(of path: String, limit: Int) -> FileContent { exists(path) ? .bytes([]) : .missing }
}

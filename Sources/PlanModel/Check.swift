package import SourceText

/// Something that must be true: in `check`, `verify`, a phase's `gate`, and `criteria`.
package struct Check: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, CaseIterable {
    case error, warn
  }

  package var kind: Kind
  package var title: String?
  package var severity: Severity
  package var range: SourceRange

  package init(_ kind: Kind, title: String? = nil, severity: Severity = .error, _ range: SourceRange = .fileStart) {
    self.kind = kind
    self.title = title
    self.severity = severity
    self.range = range
  }

  /// Whether it takes a program to make it, so that what it looks at cannot be compared with what was there before.
  package var needsProgram: Bool {
    switch kind {
    case .run, .http: true
    case .sql(let sql): sql.database.dialect == .postgres
    case .table(let table): table.database?.dialect == .postgres
    case .exists, .file: false
    }
  }

  package indirect enum Kind: Hashable, Sendable {
    case exists(Exists)
    case file(File)
    case run(Run)
    case sql(SQL)
    case table(Table)
    case http(HTTP)
  }

  /// A glob that must match.
  package struct Exists: Hashable, Sendable {
    package var glob: PathPattern
    package var count: [Comparison]
    /// Bytes; every match must satisfy it.
    package var size: [Comparison]
    /// Milliseconds since the last modification; every match must satisfy it.
    package var age: [Comparison]

    package init(glob: PathPattern, count: [Comparison] = [], size: [Comparison] = [], age: [Comparison] = []) {
      self.glob = glob
      self.count = count
      self.size = size
      self.age = age
    }
  }

  /// A file's content.
  package struct File: Hashable, Sendable {
    package var path: PathPattern
    /// `contains`, `matches`, `eq`, … over the text.
    package var content: [Comparison]
    package var sha256: SHA256Text?

    package init(path: PathPattern, content: [Comparison] = [], sha256: SHA256Text? = nil) {
      self.path = path
      self.content = content
      self.sha256 = sha256
    }
  }

  /// 64 hexadecimal digits, lower case.
  package typealias SHA256Text = String

  package static func isSHA256(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// A program that must exit as expected.
  package struct Run: Hashable, Sendable {
    package var script: ShellScript
    package var expect: Expectation

    package init(script: ShellScript, expect: Expectation = Expectation()) {
      self.script = script
      self.expect = expect
    }
  }

  /// A request whose response must be as expected.
  package struct HTTP: Hashable, Sendable {
    package var request: HTTPRequest
    package var expect: HTTPExpectation

    package init(request: HTTPRequest, expect: HTTPExpectation = HTTPExpectation()) {
      self.request = request
      self.expect = expect
    }
  }

  /// A query whose single value is compared.
  package struct SQL: Hashable, Sendable {
    package var database: Database
    package var query: SQLText
    package var value: [Comparison]
    /// Milliseconds that the query may take.
    package var duration: [Comparison]

    package init(database: Database, query: SQLText, value: [Comparison] = [], duration: [Comparison] = []) {
      self.database = database
      self.query = query
      self.value = value
      self.duration = duration
    }
  }
}

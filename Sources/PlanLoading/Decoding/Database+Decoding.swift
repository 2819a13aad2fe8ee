internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  /// `database:` of an action, a check or `defaults`: a name of `databases:`, `sqlite:PATH` or `postgres:…`.
  mutating func database(_ node: YAMLNode) -> Database? {
    guard node.kind == .scalar else {
      reportType(
        node, expected: "a text", what: "\"database\"", notes: ["write \"sqlite:PATH\", \"postgres:…\" or a name"])
      return nil
    }
    let text = node.text
    if !text.utf8.contains(UInt8(ascii: ":")), !text.isEmpty { return named(text, node.range) }
    return place(node)
  }

  private mutating func named(_ name: String, _ range: SourceRange) -> Database? {
    if let database = databases[name] { return database }
    // What is wrong with it was said where it stands.
    if databaseNames.contains(name) { return nil }
    let near = NearestName.of(name, among: databaseNames.sorted())
    report(
      .unknownName, range, "there is no database \"\(name.prefix(60))\"",
      notes: near.map { ["did you mean \"\($0)\"?"] } ?? [
        "write \"sqlite:PATH\" or \"postgres:…\", or declare the name under \"databases:\" of the plan"
      ])
    return nil
  }

  /// `sqlite:PATH` or `postgres:…`.
  private mutating func place(_ node: YAMLNode) -> Database? {
    let text = node.text
    for scheme in ["postgres:", "postgresql:"] where text.hasPrefix(scheme) {
      return postgres(node, after: scheme).map(Database.postgres)
    }
    guard let pattern = path(node, "\"database\"") else { return nil }
    guard pattern.text.hasPrefix("sqlite:") else {
      report(
        .badValue, node.range, "\"\(pattern.text.prefix(60))\" names no database",
        notes: ["write \"sqlite:PATH\", the path relative to the project root, or \"postgres://HOST/NAME\""])
      return nil
    }
    let path = String(pattern.text.dropFirst("sqlite:".utf8.count))
    guard !path.isEmpty else {
      report(.badValue, node.range, "the path of the database is empty")
      return nil
    }
    return .sqlite(PathPattern(path, node.range))
  }

  // MARK: databases

  /// `databases:` of the plan or of a profile.
  mutating func namedDatabases(_ node: YAMLNode) -> [NamedDatabase] {
    guard mapping(node, "\"databases\"") else { return [] }
    return node.entries.compactMap { key, value in
      guard let name = identifier(key, "the name of a database") else { return nil }
      databaseNames.insert(name.value)
      return declared(value).map { NamedDatabase(name: name, database: $0) }
    }
  }

  private mutating func declared(_ node: YAMLNode) -> Database? {
    if node.kind == .scalar {
      if !node.text.isEmpty, node.text.utf8.contains(UInt8(ascii: ":")) { return place(node) }
      report(
        .badValue, node.range, "\"\(node.text.prefix(60))\" says no place of a database",
        notes: ["write \"sqlite:PATH\" or \"postgres://HOST/NAME\", or a mapping {postgres: {host: …, dbname: …}}"])
      return nil
    }
    guard mapping(node, "a database", or: "a text") else { return nil }
    let fields = Fields<DatabaseKey>(node, &self, what: "a database")
    guard let settings = fields[.postgres] else {
      reportMissing(DatabaseKey.postgres, fields, what: "a database", notes: ["a SQLite file is \"sqlite:PATH\""])
      return nil
    }
    return postgresSettings(settings).map(Database.postgres)
  }

  /// The databases of a plan, with what the chosen profile says of them.
  ///
  /// - Parameters:
  ///   - profiles: the mappings of all profiles, for what is wrong in them.
  ///   - chosen: those that count, later ones win.
  mutating func databases(_ node: YAMLNode?, profiles: [YAMLNode], chosen: [YAMLNode]) -> [NamedDatabase] {
    var named = node.map { namedDatabases($0) } ?? []
    let known = databaseNames
    var ofProfiles: [Int: [NamedDatabase]] = [:]
    for profile in profiles {
      let entries = namedDatabases(profile)
      ofProfiles[profile.range.lowerBound] = entries
      for entry in entries where !known.contains(entry.name.value) {
        let near = NearestName.of(entry.name.value, among: known.sorted())
        report(
          .unknownName, entry.name.range, "the plan has no database \"\(entry.name.value)\"",
          notes: near.map { ["did you mean \"\($0)\"?"] } ?? ["declare it under \"databases:\" of the plan first"])
      }
    }
    databaseNames = known
    for profile in chosen {
      for entry in ofProfiles[profile.range.lowerBound] ?? [] {
        guard let index = named.firstIndex(where: { $0.name.value == entry.name.value }) else { continue }
        named[index] = entry
      }
    }
    databases = Dictionary(named.map { ($0.name.value, $0.database) }, uniquingKeysWith: { first, _ in first })
    return named
  }
}

enum DatabaseKey: String, FieldKey {
  case postgres

  static let table = KeyTable<DatabaseKey>()
}

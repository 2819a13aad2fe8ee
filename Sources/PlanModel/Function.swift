/// The functions of the expression language.
package enum Function: String, Hashable, Sendable, CaseIterable {
  case contains, startsWith, endsWith, join, split, format, toJSON, fromJSON, hashFiles, exists
  case `default`, lower, upper, failed, succeeded, skipped, has, date

  /// How many arguments it takes.
  package var arity: ClosedRange<Int> {
    switch self {
    case .failed, .succeeded: 0...0
    case .toJSON, .fromJSON, .exists, .lower, .upper, .skipped, .has: 1...1
    case .contains, .startsWith, .endsWith, .split, .default: 2...2
    case .join, .date: 1...2
    case .format, .hashFiles: 1...64
    }
  }

  /// How it is called, for messages and help.
  package var signature: String {
    switch self {
    case .contains: "contains(text or list, item)"
    case .startsWith: "startsWith(text, prefix)"
    case .endsWith: "endsWith(text, suffix)"
    case .join: "join(list, separator)"
    case .split: "split(text, separator)"
    case .format: "format('… {0} …', value, …)"
    case .toJSON: "toJSON(value)"
    case .fromJSON: "fromJSON(text)"
    case .hashFiles: "hashFiles(pattern, …)"
    case .exists: "exists(path or value)"
    case .default: "default(value, fallback)"
    case .lower: "lower(text)"
    case .upper: "upper(text)"
    case .failed: "failed()"
    case .succeeded: "succeeded()"
    case .skipped: "skipped('step')"
    case .has: "has(secrets.NAME)"
    case .date: "date(value, '-1d')"
    }
  }
}

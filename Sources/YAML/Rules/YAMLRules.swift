package import Diagnostics

/// The rules about the form of a YAML file, EP1xx.
package enum YAMLRules {
  package static let all: [Rule] = [
    syntax,
    invalidCharacters,
    duplicateKey,
    tag,
    unknownAlias,
    limits,
    severalDocuments,
    keyKind,
    tabIndentation,
    mergeValue,
  ]
}

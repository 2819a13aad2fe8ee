internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

/// `profiles.NAME`: other parameter values and environment, chosen with `--profile`.
struct Profile {
  var params: [Value.Entry] = []
  var env: [Step.Variable] = []
  /// The mappings of `databases`, later ones win; read when parameters are known.
  var databases: [YAMLNode] = []
}

enum ProfileKey: String, FieldKey {
  case extends, params, env, databases

  static let table = KeyTable<ProfileKey>()
}

extension DecodingContext {
  /// All profiles, each with what it extends already in it.
  mutating func profiles(_ node: YAMLNode) -> [String: Profile] {
    guard mapping(node, "\"profiles\"") else { return [:] }
    var own: [String: (profile: Profile, base: Located<String>?)] = [:]
    for (key, value) in node.entries {
      guard let name = identifier(key, "the name of a profile"), mapping(value, "a profile") else { continue }
      let fields = Fields<ProfileKey>(value, &self, what: "a profile", allowsExtensions: true)
      var profile = Profile()
      if let params = fields[.params], mapping(params, "\"params\"") {
        profile.params = params.entries.map { Value.Entry($0.key.text, $0.value.plainValue) }
      }
      if let env = fields[.env] { profile.env = environment(env) }
      if let databases = fields[.databases] { profile.databases = [databases] }
      own[name.value] = (profile, fields[.extends].flatMap { located($0, "\"extends\"") })
    }
    var whole: [String: Profile] = [:]
    for name in own.keys.sorted() { whole[name] = resolved(name, own) }
    return whole
  }

  private mutating func resolved(
    _ name: String, _ own: [String: (profile: Profile, base: Located<String>?)]
  ) -> Profile {
    var chain: [Profile] = []
    var next: String? = name
    var visited: Set<String> = []
    while let current = next, let entry = own[current] {
      visited.insert(current)
      chain.append(entry.profile)
      next = nil
      guard let base = entry.base else { break }
      if own[base.value] == nil {
        let near = NearestName.of(base.value, among: own.keys.sorted())
        report(
          .unknownName, base.range, "there is no profile \"\(base.value)\"",
          notes: near.map { ["did you mean \"\($0)\"?"] } ?? [])
      } else if visited.contains(base.value) {
        if base.value == name || current == name {
          report(.unknownName, base.range, "the profile \"\(current)\" extends itself")
        }
      } else {
        next = base.value
      }
    }
    let known = chain.reversed()
    return Profile(
      params: known.flatMap(\.params), env: known.flatMap(\.env), databases: known.flatMap(\.databases))
  }
}

internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

/// Decodes the tree of a configuration file.
struct ConfigurationDecoding {
  let scope: ConfigurationLoader.Scope
  let rules: [Rule]
  var context: DecodingContext

  init(source: SourceFile, scope: ConfigurationLoader.Scope, rules: [Rule]) {
    self.scope = scope
    self.rules = rules
    context = DecodingContext(source: source)
  }

  private static let what = "the configuration"

  mutating func configuration(_ node: YAMLNode) -> ProjectConfiguration {
    var configuration = ProjectConfiguration()
    guard context.mapping(node, Self.what) else { return configuration }
    let fields = Fields<ConfigurationKey>(node, &context, what: Self.what, allowsExtensions: true)
    if let value = fields[.plans] { configuration.plans = patterns(value, "\"plans\"") }
    if let value = fields[.exclude] { configuration.exclude = patterns(value, "\"exclude\"") }
    if let value = fields[.rules] { configuration.rules = levels(value) }
    guard scope == .project else {
      refuse(ConfigurationKey.allCases.filter { !ConfigurationKey.ofFolders.contains($0) }, fields)
      return configuration
    }
    if let value = fields[.standard] {
      configuration.standard = context.choice(value, "\"standard\"", ProjectConfiguration.Standard.self)
    }
    if let value = fields[.actions] {
      configuration.actions = context.scalarList(value, "\"actions\"").compactMap { folder($0, "\"actions\"") }
    }
    if let value = fields[.new] { configuration.newPlans = newPlans(value) }
    if let value = fields[.stateDirectory] { configuration.stateDirectory = stateDirectory(value) }
    if let value = fields[.require] { configuration.require = required(value) }
    return configuration
  }

  private mutating func refuse(_ keys: [ConfigurationKey], _ fields: Fields<ConfigurationKey>) {
    for key in keys {
      guard let range = fields.keyRange(key) else { continue }
      context.report(
        .unknownKey, range, "\"\(key.rawValue)\" counts at the project root only",
        notes: [
          "in a folder the configuration may have: "
            + ConfigurationKey.ofFolders.map(\.rawValue).joined(separator: ", ")
        ])
    }
  }

  private mutating func levels(_ node: YAMLNode) -> [String: RuleLevel] {
    guard context.mapping(node, "\"rules\"") else { return [:] }
    var levels: [String: RuleLevel] = [:]
    var places: [String: SourceRange] = [:]
    for (key, value) in node.entries {
      let level = context.choice(value, "the level of \"\(key.text)\"", RuleLevel.self)
      guard let rule = rules.first(where: { $0.isCalled(key.text) }) else {
        let near =
          NearestName.of(key.text, among: rules.map(\.name))
          ?? NearestName.of(key.text.uppercased(), among: rules.map(\.code))
        context.report(
          .unknownName, key.range, "there is no rule \"\(key.text)\"",
          notes: [near.map { "did you mean \"\($0)\"?" } ?? "name a code or a name that \"execplan explain\" lists"])
        continue
      }
      if let first = places[rule.code] {
        context.report(
          .conflictingKeys, key.range, "the level of \(rule.code) is set twice", notes: ["remove one of the two"],
          related: [.init("the first one", first)])
        continue
      }
      places[rule.code] = key.range
      levels[rule.code] = level
    }
    return levels
  }

  private mutating func newPlans(_ node: YAMLNode) -> ProjectConfiguration.NewPlans {
    var plans = ProjectConfiguration.NewPlans()
    guard context.mapping(node, "\"new\"") else { return plans }
    let fields = Fields<NewPlansKey>(node, &context, what: "\"new\"", allowsExtensions: true)
    if let value = fields[.dir] { plans.folder = folder(value, "\"dir\"")?.text }
    if let value = fields[.format] {
      plans.format = context.choice(value, "\"format\"", ProjectConfiguration.NewPlans.Format.self)
    }
    return plans
  }

  private mutating func required(_ node: YAMLNode) -> [Located<String>] {
    context.textList(node, "\"require\"").filter { phrase in
      if phrase.value.contains(where: { !$0.isWhitespace }) { return true }
      context.report(.badValue, phrase.range, "\"require\" holds an empty text")
      return false
    }
  }

  // MARK: Paths

  private mutating func patterns(_ node: YAMLNode, _ what: String) -> [PathPattern] {
    context.scalarList(node, what).compactMap { item in
      var text = item.text
      let isNegated = text.hasPrefix("!")
      if isNegated { text.removeFirst() }
      guard let pattern = path(text, item.range, what, isNegated: isNegated) else { return nil }
      if PathText.leavesRoot(pattern.text) {
        context.report(
          .badPath, item.range, "\(what): \"\(pattern.text)\" lies outside the folder of the configuration",
          notes: ["write a pattern for what is below this folder"])
        return nil
      }
      do throws(GlobError) {
        _ = try Glob(pattern.text)
      } catch {
        context.report(.badPattern, item.range, "\(what): the pattern can't be read: \(error.message)")
        return nil
      }
      return pattern
    }
  }

  /// A folder inside the project.
  private mutating func folder(_ node: YAMLNode, _ what: String) -> PathPattern? {
    guard let text = context.text(node, what), let path = path(text, node.range, what) else { return nil }
    guard PathText.leavesRoot(path.text) else { return path }
    context.report(
      .badPath, node.range, "\(what): \"\(path.text)\" lies outside the project",
      notes: ["write a path relative to the project root"])
    return nil
  }

  /// The state directory is made and written to, so it must be a folder of its own.
  private mutating func stateDirectory(_ node: YAMLNode) -> String? {
    guard let path = folder(node, "\"state_dir\"")?.text else { return nil }
    if path == "." || path == ".git" || path.hasPrefix(".git/") {
      context.report(
        .badPath, node.range, "\"state_dir\" can't be \"\(path)\"", notes: ["name a folder that holds nothing else"])
      return nil
    }
    return path
  }

  private mutating func path(
    _ text: String, _ range: SourceRange, _ what: String, isNegated: Bool = false
  ) -> PathPattern? {
    if let problem = PathText.problem(with: text) {
      context.report(.badPath, range, "\(what): \(problem)")
      return nil
    }
    if text.contains("${{") {
      context.report(.badPath, range, "\(what): expressions have no value in the configuration")
      return nil
    }
    return PathPattern(PathText.normalized(text), isNegated: isNegated, range)
  }
}

/// The keys of `execplan.config.yaml`.
enum ConfigurationKey: String, FieldKey {
  case plans, exclude, standard, rules, actions, new
  case stateDirectory = "state_dir"
  case require

  static let table = KeyTable<ConfigurationKey>()
  /// Keys that have a meaning in a folder, too.
  static let ofFolders: [ConfigurationKey] = [.plans, .exclude, .rules]
}

enum NewPlansKey: String, FieldKey {
  case dir, format

  static let table = KeyTable<NewPlansKey>()
}

internal import SourceText
internal import YAML

/// What a markdown plan declares: its own parts with their places, before they become one tree.
struct DeclaredPlan {
  /// In the order of the text; gates among them.
  var steps: [DeclaredStep] = []
  /// The step whose effect each one takes back.
  var undos: [DeclaredStep] = []
  /// In the order of the text, each id once.
  var phases: [DeclaredPhase] = []
  /// The mappings of front matter and of fenced blocks `yaml {execplan}`, in the order of the text.
  var roots: [YAMLNode] = []
  var title: Located<String>?
  /// Whether the first of `roots` is the front matter.
  var hasFrontMatter = false
}

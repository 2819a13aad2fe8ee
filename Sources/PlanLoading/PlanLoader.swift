package import Diagnostics
package import PlanDocument
package import PlanModel
internal import SourceText
internal import YAML

/// Reads a document into a plan: decodes it, binds its parameters, and reports everything that is wrong
/// with it in one go.
package enum PlanLoader {
  package struct Result: Sendable {
    /// What could be decoded; nil when the file is no plan at all.
    package var plan: Plan?
    /// The findings of reading and decoding, and of every rule of this stage; not yet sorted.
    package var diagnostics: DiagnosticCollector
    /// What was wrong with the parameters that the invocation gave.
    package var parameterProblems: [ParameterProblem]
  }

  /// - Parameters:
  ///   - path: the plan's path relative to the project root.
  ///   - files: what may be asked about files while loading; rules that need files are left out without it.
  package static func load(
    _ document: PlanDocument, path: String, input: ParameterInput = ParameterInput(), files: (any FileQuestions)? = nil
  ) -> Result {
    var context = DecodingContext(source: document.source, files: files)
    var root = document.root
    if let markdown = document.markdown {
      let tree = MarkdownPlanTree(document, markdown)
      context.collector.append(contentsOf: tree.diagnostics)
      context.allowsNoSteps = true
      root = tree.root
    } else if document.dialect == .json, let actions = root {
      root = ActionPlanTree.assemble(actions, files: files, context: &context)
    }
    guard let root else {
      return Result(plan: nil, diagnostics: context.collector, parameterProblems: [])
    }
    var problems: [ParameterProblem] = []
    var plan = context.plan(root, path: path, input: input, problems: &problems)
    if let markdown = document.markdown {
      plan?.add(markdown, frontMatter: document.root, &context)
    }
    if let plan {
      PlanRules.check(plan, files, &context.collector)
      context.collector.dropRepetitions(in: plan.repeatedRanges)
    }
    return Result(plan: plan, diagnostics: context.collector, parameterProblems: problems)
  }
}

/// What the loader may ask about the file system: nothing that runs or changes anything.
package protocol FileQuestions: Sendable {
  /// Whether something is at a path relative to the project root.
  func exists(_ path: String) -> Bool

  /// What is in a file at a path relative to the project root.
  ///
  /// - Parameter limit: a file of more bytes is unreadable.
  func content(of path: String, limit: Int) -> FileContent

  /// Folders with programs of external actions, relative to the project root.
  var actionFolders: [String] { get }
}

extension FileQuestions {
  package var actionFolders: [String] { [] }
}

/// What was found at the place of a file.
package enum FileContent: Sendable {
  case bytes([UInt8])
  case missing
  /// With the reason.
  case unreadable(String)
}

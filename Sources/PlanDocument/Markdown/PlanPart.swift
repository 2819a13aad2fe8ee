/// A part of a markdown file that has a set of sections of its own: the plan, one of several plans in a file, or a
/// milestone that repeats some of the sections.
package struct PlanPart: Sendable {
  /// The section around its sections, as an index into `MarkdownPlan.sections`; nil for those that have none around
  /// them.
  package let heading: Int?
  /// The sections that are one of the twelve, as indices into `MarkdownPlan.sections`, in the order of the text.
  /// Those below another of the twelve are not among them, unless they are repeated there.
  package let sections: [Int]
  /// Whether it holds so many of the living sections that it is a plan of its own.
  package let isPlan: Bool
}

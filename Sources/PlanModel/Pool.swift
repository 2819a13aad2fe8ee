package import SourceText

/// A cap on how many steps that name it run at the same time, within one run.
package struct Pool: Hashable, Sendable {
  package var name: Located<String>
  package var size: Int

  package init(name: Located<String>, size: Int) {
    self.name = name
    self.size = size
  }
}

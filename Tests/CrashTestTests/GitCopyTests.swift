internal import Testing

@testable internal import CrashTest

@Suite struct GitCopyTests {
  @Test func settingsOfACopyNameNoOtherPlace() {
    let text = """
      [core]
      \tbare = false
      \tworktree = ../real
      [remote "origin"]
      \turl = git@example.org:a.git
      [branch "main"]
      \tremote = origin
      [user]
      \tname = Ann

      """
    #expect(GitCopy.withoutRemotes(text) == "[core]\n\tbare = false\n[user]\n\tname = Ann\n")
  }
}

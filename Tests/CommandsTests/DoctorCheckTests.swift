internal import TestSupport
internal import Testing

@testable internal import Commands

struct DoctorCheckTests {
  @Test(arguments: ["3.7.0", "3.40.1", "3.51.2", "3.9", "2.8.17"])
  func anOldLibraryIsNamedWithItsFault(_ version: String) {
    let text = DoctorCheck.libraryDetail(version)
    #expect(text.hasPrefix(version + "; ") && text.contains("3.51.3"))
  }

  @Test(arguments: ["3.51.3", "3.52.0", "3.100.0", "4.0"])
  func aRepairedLibraryNeedsNoRemark(_ version: String) {
    #expect(DoctorCheck.libraryDetail(version) == version)
  }

  @Test func onlyFoldersAboveShadow() throws {
    try withTemporaryFolder { folder in
      try folder.write("a/b/c/.execplan/journal.db", "")
      try folder.write("a/b/.execplan", "a file is no state directory")
      try folder.write("a/.execplan/journal.db", "")
      try folder.write("a/other/.execplan/journal.db", "")
      let used = folder.path("a/b/c/.execplan")
      #expect(DoctorCheck.shadowed(from: folder.path("a/b/c"), by: used) == [folder.path("a/.execplan")])
      #expect(DoctorCheck.shadowed(from: folder.path("a/b/c"), by: "/elsewhere") == [used, folder.path("a/.execplan")])
    }
  }
}

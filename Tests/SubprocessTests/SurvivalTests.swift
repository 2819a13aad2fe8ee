internal import Foundation
internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

/// A program must live on and keep writing when execplan is killed.
@Suite struct SurvivalTests {
  private static let folderVariable = "EXECPLAN_TEST_KEEPER_FOLDER"
  private static let keeperFolder = ProcessInfo.processInfo.environment[folderVariable]

  /// Runs in a second process of the tests only: starts a program as execplan does, and is killed.
  @Test(.enabled(if: keeperFolder != nil)) func keeperDies() throws {
    let folder = try #require(SurvivalTests.keeperFolder)
    let file = try CapturedFile(creating: folder + "/log")
    var request = shell(
      "echo $$ > '\(folder)/pid'; until [ -e '\(folder)/go' ]; do sleep 0.02; done; echo out; echo err >&2; echo done")
    request.output = file.descriptor
    request.errorOutput = file.descriptor
    _ = try Child.spawn(request)
    kill(getpid(), SIGKILL)
  }

  @Test(.enabled(if: keeperFolder == nil)) func programOutlivesItsKeeper() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var environment = ProcessEnvironment.inherited()
    environment[SurvivalTests.folderVariable] = folder.path
    let arguments = [CommandLine.arguments[0], "--testing-library", "swift-testing", "--filter", "keeperDies"]
    let keeper = try Completion.run(
      SpawnRequest(
        executable: "/proc/self/exe", arguments: StringBlock(arguments), environment: environment.block),
      CompletionOptions(timeout: .seconds(60)))
    #expect(keeper.status == .signalled(Int(SIGKILL)) && keeper.outcome == .ended, "\(keeper.text)")

    // The keeper is dead now; only then may the program write.
    var pid: Int32?
    #expect(
      becomesTrue {
        pid = folder.read("pid").flatMap { Int32($0.trimmingCharacters(in: .newlines)) }
        return pid != nil
      })
    let survivor = try #require(pid)
    #expect(ProcessRecord(pid: survivor)?.isAlive == true)
    try folder.write("go", "")
    #expect(becomesTrue { folder.read("log") == "out\nerr\ndone\n" })
    #expect(becomesTrue { !(ProcessRecord(pid: survivor)?.isAlive ?? false) })
  }
}

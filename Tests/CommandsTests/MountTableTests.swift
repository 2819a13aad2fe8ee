internal import Testing

@testable internal import Commands

struct MountTableTests {
  private let table = MountTable(
    mountinfo: """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      23 22 0:21 / /mnt/a rw - nfs4 host:/x rw
      24 22 0:22 / /mnt/a\\040b rw shared:2 master:3 - fuse.sshfs host: rw
      25 22 0:23 / /tmp rw - ext4 /dev/sdb rw
      26 22 0:24 / /tmp rw - tmpfs tmpfs rw
      broken line

      """)

  @Test(arguments: [
    ("/", "ext4"), ("/mnt", "ext4"), ("/mnt/ab", "ext4"), ("/mnt/a", "nfs4"), ("/mnt/a/b/c", "nfs4"),
    ("/mnt/a b/c", "fuse.sshfs"), ("/tmp/x", "tmpfs"),
  ])
  func theLongestAndLatestMountHoldsAPath(path: String, kind: String) {
    #expect(table.fileSystem(of: path) == kind)
  }

  @Test func nothingMountedIsNoAnswer() {
    #expect(MountTable(mountinfo: "").fileSystem(of: "/") == nil)
  }

  @Test(arguments: [
    ("ext4", FileSystemKind.Durability.durable), ("nfs4", .network), ("fuse.sshfs", .network), ("tmpfs", .memory),
  ])
  func kindsHaveTheirDurability(name: String, durability: FileSystemKind.Durability) {
    #expect(FileSystemKind(name: name).durability == durability)
  }
}

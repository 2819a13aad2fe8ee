/// A kind of file system, by the name that the kernel gives it.
struct FileSystemKind: Hashable, Sendable {
  enum Durability: Sendable {
    /// What is synced outlives the machine.
    case durable
    /// Gone at the next restart.
    case memory
    /// Shared with other hosts: locks and shared memory may not reach them.
    case network
  }

  let name: String

  private static let network: Set<String> = [
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs4",
    "ocfs2", "orangefs", "smb3", "smbfs", "virtiofs",
  ]

  var durability: Durability {
    // What is behind a FUSE file system is not known: `fuse.sshfs` counts as the worst.
    let family = name.prefix { $0 != "." }
    if name == "tmpfs" || name == "ramfs" { return .memory }
    return Self.network.contains(String(family)) ? .network : .durable
  }
}

package import Digest

/// What a question of a plan is about, kept while people are asked: the files that its steps name may change meanwhile,
/// all else doesn't.
package struct ApprovalTopic: Sendable {
  private let texts: SHA256Digest
  private let named: [ApprovedFiles.Named]
  private let files: ApprovedFiles

  init(_ texts: [ApprovalSubject.Part], _ named: [ApprovedFiles.Named], _ files: ApprovedFiles) {
    self.texts = ApprovalSubject.digest(texts)
    self.named = named
    self.files = files
  }

  /// The files as they are now; takes time by their number alone.
  package func look(_ probe: any FileProbe) throws(FileProbeError) -> [ApprovalSubject.Part] {
    try files.parts(of: named, probe)
  }

  /// That of the subject.
  ///
  /// - Parameter files: as they were when they were looked at.
  package func digest(with files: [ApprovalSubject.Part]) -> SHA256Digest {
    ApprovalSubject.digest(texts, files: files)
  }
}

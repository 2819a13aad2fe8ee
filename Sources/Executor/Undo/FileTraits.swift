internal import Digest
internal import Glibc
internal import PlanModel
package import Subprocess

/// What is put back with a file, a folder or a link beside its kind, mode and content: whose it was, and its extended
/// attributes, access lists among them.
package struct FileTraits: Hashable, Sendable {
  package var owner: UInt32
  package var group: UInt32
  /// By name.
  package var attributes: [ExtendedAttribute] = []
  /// Why the attributes are not kept; nil when they are.
  package var attributeLoss: String?

  package init(
    owner: UInt32, group: UInt32, attributes: [ExtendedAttribute] = [], attributeLoss: String? = nil
  ) {
    self.owner = owner
    self.group = group
    self.attributes = attributes
    self.attributeLoss = attributeLoss
  }

  /// Bytes of the attributes' names and values that are kept, at most.
  static let attributeLimit = 64 << 10

  /// Those of what is at a path, no link followed; nil when nothing is there.
  static func of(_ path: String, _ site: ExecutionSite) -> FileTraits? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    var traits = FileTraits(owner: status.st_uid, group: status.st_gid)
    // Links have none that anybody but the kernel sets.
    guard status.st_mode & S_IFMT != S_IFLNK else { return traits }
    do throws(SystemError) {
      guard let attributes = try ExtendedAttributes.read(at: path, limit: attributeLimit) else {
        traits.attributeLoss = "its extended attributes are larger than \(attributeLimit >> 10) KiB"
        return traits
      }
      traits.attributeLoss = loss(of: attributes, site)
      if traits.attributeLoss == nil { traits.attributes = attributes }
    } catch {
      traits.attributeLoss = "its extended attributes can't be read: \(error)"
    }
    return traits
  }

  private static func loss(of attributes: [ExtendedAttribute], _ site: ExecutionSite) -> String? {
    for attribute in attributes {
      guard String(validating: attribute.name, as: UTF8.self) != nil else {
        return "the name of an extended attribute is not UTF-8"
      }
      if let secret = site.secrets.nameOfSecret(in: attribute.name + [0] + attribute.value) {
        return "an extended attribute holds the secret \"\(secret)\""
      }
    }
    return nil
  }
}

/// As a part of the record: attributes by name, their values in hexadecimal digits.
extension FileTraits {
  var value: Value {
    .map([
      .init("owner", .int(Int(owner))), .init("group", .int(Int(group))),
      .init(
        "attributes",
        .map(
          attributes.map {
            Value.Entry(String(decoding: $0.name, as: UTF8.self), .string(Hexadecimal.text(of: $0.value)))
          })),
      .init("attribute_loss", attributeLoss.map(Value.string) ?? .null),
    ])
  }

  /// Nil when an older execplan wrote the record, which kept none.
  init?(_ value: Value?) {
    guard case .int(let owner)? = value?["owner"], case .int(let group)? = value?["group"],
      case .map(let entries)? = value?["attributes"], let user = UInt32(exactly: owner),
      let users = UInt32(exactly: group)
    else { return nil }
    self.init(owner: user, group: users)
    for entry in entries {
      guard case .string(let digits) = entry.value, let bytes = FileTraits.bytes(digits) else { return nil }
      attributes.append(ExtendedAttribute(name: Array(entry.key.utf8), value: bytes))
    }
    if case .string(let text)? = value?["attribute_loss"] { attributeLoss = text }
  }

  private static func bytes(_ digits: String) -> [UInt8]? {
    let numbers = digits.utf8.map { Hexadecimal.digits.firstIndex(of: $0) }
    guard numbers.count.isMultiple(of: 2), !numbers.contains(nil) else { return nil }
    let known = numbers.compactMap(\.self)
    return stride(from: 0, to: known.count, by: 2).map { UInt8(known[$0] << 4 | known[$0 + 1]) }
  }
}

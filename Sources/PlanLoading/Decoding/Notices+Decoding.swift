internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum NotifyKey: String, FieldKey {
  case onSuccess = "on_success"
  case onFailure = "on_failure"
  case onWaiting = "on_waiting"

  static let table = KeyTable<NotifyKey>()
}

enum NoticeKey: String, FieldKey {
  case run, exec, webhook, email, secrets, retry, timeout

  static let table = KeyTable<NoticeKey>()
  static let channels: [NoticeKey] = [.run, .exec, .webhook, .email]
}

enum WebhookKey: String, FieldKey {
  case url, method, headers, body

  static let table = KeyTable<WebhookKey>()
}

enum EmailKey: String, FieldKey {
  case to, from, subject, text

  static let table = KeyTable<EmailKey>()
}

extension DecodingContext {
  /// `notify` of a plan.
  mutating func notices(_ node: YAMLNode, shell: Interpreter) -> Notices {
    var notices = Notices()
    guard mapping(node, "\"notify\"") else { return notices }
    // The steps are over: what they came to is told as a whole.
    let roots = fieldRoots
    fieldRoots = [.run, .outcome]
    defer { fieldRoots = roots }
    let fields = Fields<NotifyKey>(node, &self, what: "\"notify\"")
    if node.count == 0 {
      report(
        .badValue, node.range, "\"notify\" tells nobody",
        notes: ["add one of: \(NotifyKey.table.names.joined(separator: ", "))"])
    }
    if let value = fields[.onSuccess] { notices.onSuccess = noticeList(value, "\"on_success\"", shell) }
    if let value = fields[.onFailure] { notices.onFailure = noticeList(value, "\"on_failure\"", shell) }
    if let value = fields[.onWaiting] { notices.onWaiting = noticeList(value, "\"on_waiting\"", shell) }
    return notices
  }

  private mutating func noticeList(_ node: YAMLNode, _ what: String, _ shell: Interpreter) -> [Notice] {
    let items = node.kind == .sequence ? node.items.map { $0 } : [node]
    if items.isEmpty {
      report(.badValue, node.range, "\(what) tells nobody", notes: ["remove the key, or add a notice"])
    }
    return items.compactMap { notice($0, shell) }
  }

  private mutating func notice(_ node: YAMLNode, _ shell: Interpreter) -> Notice? {
    if node.kind == .scalar { return script(node, "a notice", shell: shell).map { Notice(.run($0), shell: shell) } }
    guard mapping(node, "a notice", or: "a script") else { return nil }
    let fields = Fields<NoticeKey>(node, &self, what: "a notice")
    let present = NoticeKey.channels.filter { fields.has($0) }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(NoticeKey.channels) {
        report(
          .noAction, node.range, "a notice needs one of: \(NoticeKey.channels.map(\.rawValue).joined(separator: ", "))")
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]) {
      report(
        .severalActions, second, "a notice goes one way, and this one has \"\(key.rawValue)\" already",
        notes: ["make it a notice of its own"])
    }
    let channel: Notice.Channel? =
      switch key {
      case .run: script(value, "\"run\"", shell: shell).map { .run($0) }
      case .exec: execAction(value).map { .exec($0) }
      case .webhook: webhook(value).map { .webhook($0) }
      default: email(value).map { .email($0) }
      }
    var secrets: [Located<String>] = []
    if let value = fields[.secrets] {
      secrets = exportedSecrets(value, env: [])
      if key == .webhook || key == .email, let range = fields.keyRange(.secrets) {
        report(
          .conflictingKeys, range,
          "\"secrets\" gives a program of one's own variables, and \"\(key.rawValue)\" has none",
          notes: ["write ${{ secrets.NAME }} where the value belongs"])
      }
    }
    let retry = fields[.retry].flatMap { retryPolicy($0) }
    let timeout = fields[.timeout].flatMap { duration($0, "\"timeout\"") }
    guard let channel else { return nil }
    var notice = Notice(channel, shell: shell)
    notice.secrets = secrets
    notice.retry = retry ?? notice.retry
    notice.timeout = timeout ?? notice.timeout
    return notice
  }

  /// An address, or a request. The address of a webhook is often a secret itself.
  private mutating func webhook(_ node: YAMLNode) -> HTTPRequest? {
    if node.kind == .scalar {
      return url(node, "\"webhook\"", allowsSecrets: true).map { HTTPRequest(url: $0, method: .post) }
    }
    guard mapping(node, "\"webhook\"", or: "a URL") else { return nil }
    let fields = Fields<WebhookKey>(node, &self, what: "a webhook")
    var address: Template?
    if let value = fields[.url] {
      address = url(value, "\"url\"", allowsSecrets: true)
    } else {
      reportMissing(WebhookKey.url, fields, what: "a webhook")
    }
    var request = HTTPRequest(url: address ?? Template(literal: ""), method: .post)
    if let value = fields[.method] {
      request.method = httpMethod(value, among: [.post, .put, .get], "a webhook") ?? .post
    }
    if let value = fields[.headers] { request.headers = headers(value) }
    if let value = fields[.body] {
      request.body = requestBody(value)
      if !request.method.takesBody, let range = fields.keyRange(.body) {
        report(.conflictingKeys, range, "a GET has no body", notes: ["remove \"body\" or \"method\""])
      }
    }
    return address == nil ? nil : request
  }

  /// An address, or a message.
  private mutating func email(_ node: YAMLNode) -> Notice.Email? {
    if node.kind != .mapping {
      let items = scalarList(node, "\"email\"")
      if items.isEmpty { report(.badValue, node.range, "\"email\" names nobody", notes: ["write who gets it"]) }
      let addresses = items.compactMap { mailAddress($0, "\"email\"") }
      return addresses.isEmpty ? nil : Notice.Email(to: addresses)
    }
    let fields = Fields<EmailKey>(node, &self, what: "an e-mail")
    guard let value = fields[.to] else {
      reportMissing(EmailKey.to, fields, what: "an e-mail")
      return nil
    }
    let items = scalarList(value, "\"to\"")
    if items.isEmpty, value.kind != .mapping { report(.badValue, value.range, "\"to\" names nobody") }
    var email = Notice.Email(to: items.compactMap { mailAddress($0, "\"to\"") })
    if let value = fields[.from] { email.from = mailAddress(value, "\"from\"") }
    if let value = fields[.subject], let subject = template(value, "\"subject\"") {
      if let literal = subject.literal, literal.utf8.contains(where: { $0 < 0x20 }) {
        report(.badValue, value.range, "\"subject\" holds a line break", notes: ["a subject is one line"])
      } else {
        email.subject = subject
      }
    }
    if let value = fields[.text] { email.text = template(value, "\"text\"") }
    return email.to.isEmpty ? nil : email
  }

  private mutating func mailAddress(_ node: YAMLNode, _ what: String) -> Template? {
    guard let template = template(node, what) else { return nil }
    if let literal = template.literal, let problem = MailAddress.problem(with: literal) {
      report(.badValue, node.range, problem, notes: ["write it as \"name@example.org\""])
      return nil
    }
    return template
  }
}

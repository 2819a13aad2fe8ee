package import SourceText

/// How a PostgreSQL server is reached: what the plan says; what it leaves open, the `PG…` variables and the files of
/// libpq say.
package struct PostgresConnection: Hashable, Sendable {
  package struct Setting: Hashable, Sendable {
    package var keyword: PostgresKeyword
    package var value: Template

    package init(_ keyword: PostgresKeyword, _ value: Template) {
      self.keyword = keyword
      self.value = value
    }
  }

  package var settings: [Setting]
  /// A whole connection text that is known only when it is needed: `postgres:${{ secrets.DATABASE_URL }}`.
  package var text: Template?

  package init(settings: [Setting] = [], text: Template? = nil) {
    self.settings = settings
    self.text = text
  }

  package var expressions: [Expression] { (text?.expressions ?? []) + settings.flatMap(\.value.expressions) }
}

/// A connection setting that `psql` takes from a variable of its environment
/// (postgresql.org/docs/current/libpq-envars.html). What has no such variable cannot be given without its value
/// standing in the arguments of a program.
package enum PostgresKeyword: String, Hashable, Sendable, CaseIterable {
  case host, hostaddr, port, dbname, user, password, passfile, service, servicefile, options
  case applicationName = "application_name"
  case sslmode, sslcert, sslkey, sslrootcert, sslcrl, sslcrldir, sslsni, sslcompression
  case sslMinProtocolVersion = "ssl_min_protocol_version"
  case sslMaxProtocolVersion = "ssl_max_protocol_version"
  case channelBinding = "channel_binding"
  case requirepeer, gssencmode, krbsrvname, gsslib
  case connectTimeout = "connect_timeout"
  case targetSessionAttrs = "target_session_attrs"

  /// The variable of the environment.
  package var variable: String {
    switch self {
    case .dbname: "PGDATABASE"
    case .applicationName: "PGAPPNAME"
    case .connectTimeout: "PGCONNECT_TIMEOUT"
    case .host, .hostaddr, .port, .user, .password, .passfile, .service, .servicefile, .options, .sslmode, .sslcert,
      .sslkey, .sslrootcert, .sslcrl, .sslcrldir, .sslsni, .sslcompression, .sslMinProtocolVersion,
      .sslMaxProtocolVersion, .channelBinding, .requirepeer, .gssencmode, .krbsrvname, .gsslib, .targetSessionAttrs:
      "PG" + rawValue.filter { $0 != "_" }.uppercased()
    }
  }

  /// Settings that libpq knows and that have no variable.
  package static let withoutVariable: Set<String> = [
    "tcp_user_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "sslpassword",
    "replication", "fallback_application_name", "gssdelegation", "sslnegotiation",
  ]
}

/// A database that has a name in the plan.
package struct NamedDatabase: Hashable, Sendable {
  package var name: Located<String>
  package var database: Database

  package init(name: Located<String>, database: Database) {
    self.name = name
    self.database = database
  }
}

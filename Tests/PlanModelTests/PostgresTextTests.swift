import PlanModel
import Testing

private func parts(_ text: String) throws -> [String] {
  try PostgresText.parse(text).map { "\($0.keyword.rawValue)=\($0.value)" }
}

@Test(arguments: [
  ("", []), ("shop", ["dbname=shop"]), ("//", []), ("postgres://", []), ("//h", ["host=h"]),
  ("host=h port = 5433 dbname='my \\'db\\\\'  user=''", ["host=h", "port=5433", "dbname=my 'db\\", "user="]),
  ("  password=a\\ b ", ["password=a b"]),
  (
    "//u%40x:p%3Aw%2F@h.example:5433/my%20db?sslmode=require&application_name=a%26b",
    [
      "dbname=my db", "user=u@x", "password=p:w/", "host=h.example", "port=5433", "sslmode=require",
      "application_name=a&b",
    ]
  ),
  ("//%2Ftmp%2Fsocket/db?ssl=true", ["dbname=db", "host=/tmp/socket", "sslmode=require"]),
  ("postgresql://a:1,b:2/db", ["dbname=db", "host=a,b", "port=1,2"]), ("//[::1]:99", ["host=::1", "port=99"]),
  ("///db?host=/tmp", ["dbname=db", "host=/tmp"]), ("//u@/db", ["dbname=db", "user=u"]),
])
func connectionTextsAreReadAsLibpqReadsThem(text: String, expected: [String]) throws {
  #expect(try parts(text) == expected)
}

@Test(
  arguments: [
    ("host", nil), ("host=a b", "\"=\" is missing after \"b\""), ("host='a", "is not closed"),
    ("=a", "no connection setting"),
    ("//h/%4", "two hexadecimal digits"), ("//h/%00", "two hexadecimal digits"), ("//h/%ff", "not UTF-8"),
    ("//[::1/x", "\"]\" is missing"), ("//h/d?x", "\"=\" is missing"), ("hosts=h", "no connection setting \"hosts\""),
    ("client_encoding=x", "execplan speaks UTF-8"), ("keepalives=1", "no variable"),
    ("//h/d?sslpassword=x", "no variable"),
  ] as [(String, String?)])
func connectionTextsThatAreWrongAreRefused(text: String, problem: String?) {
  do throws(PostgresText.Problem) {
    _ = try PostgresText.parse(text)
    #expect(problem == nil)
  } catch {
    #expect(error.message.contains(problem ?? "nothing"), "\(error)")
  }
}

@Test func everyKeywordHasItsVariable() {
  // postgresql.org/docs/15/libpq-envars.html
  let known = """
    PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGOPTIONS PGAPPNAME \
    PGSSLMODE PGSSLCERT PGSSLKEY PGSSLROOTCERT PGSSLCRL PGSSLCRLDIR PGSSLSNI PGSSLCOMPRESSION \
    PGSSLMINPROTOCOLVERSION PGSSLMAXPROTOCOLVERSION PGCHANNELBINDING PGREQUIREPEER PGGSSENCMODE PGKRBSRVNAME \
    PGGSSLIB PGCONNECT_TIMEOUT PGTARGETSESSIONATTRS
    """.split(separator: " ").map(String.init)
  #expect(PostgresKeyword.allCases.map(\.variable).sorted() == known.sorted())
}

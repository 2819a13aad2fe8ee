import DataQuality
import PlanModel
import Testing

struct DialectTests {
  @Test func namesAndTextsAreQuoted() {
    #expect(SQLDialect.sqlite.quoted("a\"b") == "\"a\"\"b\"")
    #expect(SQLDialect.postgres.quoted(TableName(["s", "t.u"])) == "\"s\".\"t.u\"")
    #expect(SQLDialect.sqlite.literal(.string("it's \\")) == "'it''s \\'")
    #expect(SQLDialect.sqlite.literal(.bool(true)) == "1" && SQLDialect.postgres.literal(.bool(true)) == "TRUE")
    #expect(SQLDialect.sqlite.literal(.int(.min)) == "(-9223372036854775807 - 1)")
    #expect(SQLDialect.sqlite.literal(.double(1.5)) == "1.5")
  }
}

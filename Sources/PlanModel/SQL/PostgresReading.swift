/// Tells queries that can change nothing, whatever the database holds: they are run in a read-only transaction, and
/// may be run again when nobody knows how they ended.
extension PostgresScript {
  /// Whether the text is one query that reads, and calls only functions of PostgreSQL that do nothing else.
  ///
  /// A function of the database's own may write, so a query that calls one is not among them.
  package var onlyReads: Bool {
    guard statements.count == 1, let statement = statements.first, backslash == nil else { return false }
    guard let first = statement.words.first, ["SELECT", "VALUES", "TABLE", "WITH", "SHOW"].contains(first) else {
      return false
    }
    var before: PostgresTokens.Token?
    for token in statement.tokens {
      defer { before = token }
      switch token.kind {
      case .word: if PostgresScript.changing.contains(word(token)) { return false }
      case .open:
        guard let before else { continue }
        if before.kind == .name { return false }
        if before.kind == .word, !PostgresScript.harmless.contains(word(before)) { return false }
      case .text, .name, .comment, .named, .numbered, .backslash, .semicolon, .close, .openBracket, .closeBracket,
        .other:
        break
      }
    }
    return true
  }

  /// Whether the text is a query whose rows can be taken from a subquery: one that changes nothing by what it says.
  package var isSelection: Bool {
    guard statements.count == 1, let statement = statements.first, backslash == nil else { return false }
    guard let first = statement.words.first ?? openedWord(statement) else { return false }
    guard ["SELECT", "VALUES", "TABLE", "WITH"].contains(first) else { return false }
    return !statement.tokens.contains {
      $0.kind == .word && ["INSERT", "DELETE", "MERGE", "INTO"].contains(word($0))
        || $0.kind == .word && word($0) == "UPDATE" && first == "WITH"
    }
  }

  /// The first word of `(SELECT …) UNION …`.
  private func openedWord(_ statement: Statement) -> String? {
    statement.tokens.first { $0.kind != .open }.flatMap { $0.kind == .word ? word($0) : nil }
  }

  private static let changing: Set<String> = [
    "INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "SHARE", "CREATE", "DROP", "TRUNCATE", "CALL",
  ]

  private static let harmless = Set(
    """
    ABS AGE ALL AND ANY ARRAY ARRAY_AGG ARRAY_LENGTH ARRAY_TO_STRING AS ASC AVG BETWEEN BOOL_AND BOOL_OR BTRIM BY \
    CARDINALITY CASE CAST CEIL CEILING CHAR CHARACTER CHAR_LENGTH COALESCE CONCAT CONCAT_WS CORR COUNT COVAR_POP \
    COVAR_SAMP CUBE CUME_DIST CURRENT_SETTING DATE_BIN DATE_PART DATE_TRUNC DECIMAL DECODE DENSE_RANK DISTINCT DIV \
    ELSE ENCODE EVERY EXCEPT EXISTS EXP EXTRACT FETCH FILTER FIRST FIRST_VALUE FLOOR FORMAT FROM GENERATE_SERIES \
    GREATEST GROUPING HAVING ILIKE IN INITCAP INTERSECT ISFINITE JOIN JSONB_AGG JSONB_ARRAY_LENGTH JSONB_BUILD_OBJECT \
    JSONB_OBJECT_AGG JSON_AGG JSON_ARRAY_LENGTH JSON_BUILD_ARRAY JSON_BUILD_OBJECT JSON_OBJECT_AGG LAG LAST_VALUE \
    LATERAL LEAD LEAST LEFT LENGTH LIKE LIMIT LN LOG LOWER LPAD LTRIM MAKE_DATE MAKE_INTERVAL MATERIALIZED MAX MD5 \
    MIN MOD MODE NEXT NOT NOW NTH_VALUE NTILE NULLIF NUMERIC OCTET_LENGTH OFFSET ON OR OVER OVERLAY PERCENTILE_CONT \
    PERCENTILE_DISC PERCENT_RANK PG_DATABASE_SIZE PG_RELATION_SIZE PG_SIZE_PRETTY PG_TOTAL_RELATION_SIZE POSITION \
    POWER RANDOM RANK REGEXP_MATCH REGEXP_REPLACE REPEAT REPLACE REVERSE RIGHT ROLLUP ROUND ROW ROW_NUMBER \
    ROW_TO_JSON RPAD RTRIM SELECT SETS SHA256 SIGN SOME SPLIT_PART SQRT STARTS_WITH STDDEV STDDEV_POP STDDEV_SAMP \
    STRING_AGG STRPOS SUBSTR SUBSTRING SUM THEN TIME TIMESTAMP TIMESTAMPTZ TO_CHAR TO_DATE TO_JSON TO_JSONB \
    TO_NUMBER TO_REGCLASS TO_TIMESTAMP TRANSLATE TRIM TRUNC UNION UNNEST USING VALUES VARCHAR VARIANCE VARYING \
    VAR_POP VAR_SAMP VERSION WHEN WHERE WIDTH_BUCKET WITHIN
    """.split(separator: " ").map(String.init))
}

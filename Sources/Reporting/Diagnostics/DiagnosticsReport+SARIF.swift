internal import Diagnostics
internal import SourceText

extension DiagnosticsReport {
  /// SARIF 2.1.0 (OASIS), with what GitHub code scanning reads of it.
  package func sarif(_ tool: ToolInformation) -> [UInt8] {
    var byCode: [String: Rule] = [:]
    for file in files {
      for diagnostic in file.diagnostics { byCode[diagnostic.rule.code] = diagnostic.rule }
    }
    let rules = byCode.values.sorted { $0.code < $1.code }
    var ruleIndex: [String: Int] = [:]
    for (index, rule) in rules.enumerated() { ruleIndex[rule.code] = index }

    var json = JSONText()
    json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.key("runs")
      json.beginArray()
      json.object { json in
        json.member("tool") { json in
          json.member("driver") { json in
            json.member("name", "execplan")
            json.member("semanticVersion", tool.version)
            if let place = tool.informationURI { json.member("informationUri", place) }
            json.member("rules", rules) { json, rule in write(rule, tool, to: &json) }
          }
        }
        json.member("columnKind", "unicodeCodePoints")
        json.member("originalUriBaseIds") { json in
          json.member("%SRCROOT%") { json in
            json.member("description") { $0.member("text", "the root of the project") }
          }
        }
        json.key("results")
        json.beginArray()
        for file in files where !file.diagnostics.isEmpty { writeResults(file, ruleIndex, to: &json) }
        json.endArray()
      }
      json.endArray()
    }
    json.newline()
    return json.bytes
  }

  private func write(_ rule: Rule, _ tool: ToolInformation, to json: inout JSONText) {
    json.object { json in
      json.member("id", rule.code)
      json.member("name", rule.name)
      json.member("shortDescription") { $0.member("text", rule.summary) }
      json.member("fullDescription") { $0.member("text", rule.explanation) }
      if let page = tool.helpURI(rule) { json.member("helpUri", page) }
      json.member("help") { json in
        json.member("text", rule.explanation)
        json.member("markdown", rule.explanation + "\n\nBad:\n\n" + code(rule.bad) + "\nGood:\n\n" + code(rule.good))
      }
      json.member("defaultConfiguration") { $0.member("level", level(rule.severity)) }
    }
  }

  private func code(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
  }

  private func level(_ severity: Severity) -> String { severity == .info ? "note" : severity.rawValue }

  private func writeResults(_ findings: FileDiagnostics, _ ruleIndex: [String: Int], to json: inout JSONText) {
    let locations = LocationIndex(findings)
    let uri = PercentEncoding.reference(ofPath: findings.file.path)
    var fingerprints = LineFingerprints(findings.file)
    for diagnostic in findings.diagnostics {
      let fingerprint = fingerprints.next(rule: diagnostic.rule.code, line: locations.start(diagnostic.range).line)
      json.object { json in
        json.member("ruleId", diagnostic.rule.code)
        json.member("ruleIndex", ruleIndex[diagnostic.rule.code])
        json.member("level", level(diagnostic.severity))
        let text = ([diagnostic.message] + diagnostic.notes).joined(separator: "\n")
        json.member("message") { $0.member("text", text) }
        json.member("locations", [diagnostic.range]) { json, range in
          json.object { writeLocation(range, uri, locations, to: &$0) }
        }
        if !diagnostic.related.isEmpty {
          json.member("relatedLocations", diagnostic.related.enumerated()) { json, related in
            json.object { json in
              json.member("id", related.offset + 1)
              writeLocation(related.element.range, uri, locations, to: &json)
              json.member("message") { $0.member("text", related.element.message) }
            }
          }
        }
        if let fix = diagnostic.fix { write(fix, uri, locations, to: &json) }
        json.member("partialFingerprints") { $0.member("primaryLocationLineHash", fingerprint) }
      }
    }
  }

  private func write(_ fix: FixIt, _ uri: String, _ locations: LocationIndex, to json: inout JSONText) {
    json.member("fixes", [fix]) { json, fix in
      json.object { json in
        json.member("description") { $0.member("text", fix.message) }
        json.member("artifactChanges", [fix.replacements]) { json, replacements in
          json.object { json in
            writeArtifact(uri, to: &json)
            json.member("replacements", replacements) { json, replacement in
              json.object { json in
                json.member("deletedRegion") { writeRegion(replacement.range, locations, to: &$0) }
                json.member("insertedContent") { $0.member("text", replacement.text) }
              }
            }
          }
        }
      }
    }
  }

  private func writeLocation(_ range: SourceRange, _ uri: String, _ locations: LocationIndex, to json: inout JSONText) {
    json.member("physicalLocation") { json in
      writeArtifact(uri, to: &json)
      json.member("region") { writeRegion(range, locations, to: &$0) }
    }
  }

  private func writeArtifact(_ uri: String, to json: inout JSONText) {
    json.member("artifactLocation") { json in
      json.member("uri", uri)
      // An absolute URI has no base.
      if !uri.hasPrefix("file:") { json.member("uriBaseId", "%SRCROOT%") }
    }
  }

  private func writeRegion(_ range: SourceRange, _ locations: LocationIndex, to json: inout JSONText) {
    let start = locations.start(range)
    let end = locations.end(range)
    json.member("startLine", start.line)
    json.member("startColumn", start.column)
    json.member("endLine", end.line)
    json.member("endColumn", end.column)
  }
}

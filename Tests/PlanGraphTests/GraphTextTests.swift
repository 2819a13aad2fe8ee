internal import PlanGraph
internal import PlanModel
internal import Testing

@Suite struct GraphTextTests {
  static let sketch = PlanSketch(
    """
    phase: p
    phase: q gate
    a phase=p
    b phase=q
    c phase=q in=x
    d out=x
    finally:
    z
    """)

  @Test func dotShowsPhasesKindsAndTheCriticalPath() {
    let plan = GraphTextTests.sketch.plan
    let graph = StepGraph(plan)
    let text = GraphText.dot(graph, plan, critical: [0, 1], state: { $0 == 0 ? .failed : nil })
    #expect(
      text
        == """
        digraph plan {
          label="Sketch";
          labelloc=t;
          rankdir=LR;
          node [shape=box, style="rounded,filled", fillcolor=white];
          n3 [label="d"];
          subgraph cluster_0 {
            label="p";
            n0 [label="a", fillcolor=lightcoral, penwidth=3];
          }
          subgraph cluster_1 {
            label="q";
            n1 [label="b", penwidth=3];
            n2 [label="c"];
          }
          subgraph cluster_finally {
            label="finally";
            style=dashed;
            n6 [label="z"];
          }
          n0 -> n1 [color=gray, penwidth=3];
          n3 -> n2 [style=dashed];
          n0 -> n2 [color=gray];
        }

        """.replacing(
          "n2 [label=\"c\"];\n  }",
          with: "n2 [label=\"c\"];\n    n5 [label=\"gate of q\", shape=diamond, style=filled];\n  }"
        )
        .replacing(
          "n0 -> n2 [color=gray];\n",
          with: "n0 -> n2 [color=gray];\n  n1 -> n5 [color=gray];\n  n2 -> n5 [color=gray];\n"))
  }

  @Test func mermaidShowsTheSame() {
    let plan = GraphTextTests.sketch.plan
    let text = GraphText.mermaid(StepGraph(plan), plan, critical: [0], state: { $0 == 0 ? .inDoubt : nil })
    #expect(
      text == """
        flowchart LR
          n3["d"]
          subgraph p0["p"]
            n0["a"]
          end
          subgraph p1["q"]
            n1["b"]
            n2["c"]
            n5{"gate of q"}
          end
          subgraph last["finally"]
            n6["z"]
          end
          n0 -.-> n1
          n3 -.-> n2
          n0 -.-> n2
          n1 -.-> n5
          n2 -.-> n5
          classDef in_doubt fill:plum
          class n0 in_doubt
          classDef critical stroke-width:3px
          class n0 critical

        """)
  }

  /// A gate that checks nothing is taken out only where one arrow goes in or out; else it is a dot.
  @Test func aBarrierBetweenManyIsADot() {
    let plan = PlanSketch("phase: p\nphase: q\na phase=p\nb phase=p\nc phase=q\nd phase=q").plan
    let text = GraphText.dot(StepGraph(plan), plan)
    #expect(text.contains("n4 [shape=point, label=\"\"];") && !text.contains("n5"))
    #expect(text.components(separatedBy: " -> ") == 4)
  }

  @Test func hostileTextsStayTexts() {
    var plan = Plan(title: "t\"];\nevil [", path: "p")
    var step = PlanSketch("a").plan.steps[0]
    step.title = "\"]; n9 -> n8;\\N <script>`x`</script>\u{7}#quot; %%"
    plan.steps = [step]
    let graph = StepGraph(plan)
    #expect(
      GraphText.dot(graph, plan).contains(
        #"n0 [label="a\n\"]; n9 -> n8;\\N <script>`x`</script> #quot; %%"];"#))
    #expect(GraphText.dot(graph, plan).contains(#"label="t\"]; evil [";"#))
    let line = GraphText.mermaid(graph, plan).split(separator: "\n")[1]
    #expect(
      line
        == "  n0[\"a<br/>#34;#93;#59; n9 -#62; n8#59;#92;N #60;script#62;#96;x#96;#60;/script#62; #35;quot#59; #37;#37;\"]"
    )
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> Int {
    ranges(of: separator).count
  }
}

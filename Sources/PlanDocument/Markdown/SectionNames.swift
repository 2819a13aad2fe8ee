/// The headings of the twelve sections: first as the standard spells them, then other names and
/// translations that plans in public repositories use.
///
/// They are compared without case, numbering and marks; `&` and `and` are the same.
package enum SectionNames {
  package static let names: [SectionKind: [String]] = [
    .purpose: [
      "Purpose / Big Picture", "Purpose", "Goal", "Goals", "Objective", "Objectives", "Big Picture", "目标与全局图景",
      "목적 / 큰 그림", "目的与用户价值", "Propósito y alcance", "목적", "目的",
    ],
    .progress: [
      "Progress", "Status", "Progress Tracking", "Progress Log", "Progress and Next Steps", "进度", "진행 현황", "진행 상황",
      "Progreso", "進捗",
    ],
    .surprises: [
      "Surprises & Discoveries", "Surprises", "Discoveries", "Discovery Log", "意外与发现", "놀라움과 발견",
    ],
    .decisions: ["Decision Log", "Decisions", "决策记录", "Decisiones", "의사결정 기록"],
    .outcomes: [
      "Outcomes & Retrospective", "Outcome", "Outcomes", "Retrospective", "结果与复盘", "Resultados y retrospectiva",
    ],
    .context: ["Context and Orientation", "Context", "Repository Orientation", "上下文与定向"],
    .work: ["Plan of Work", "Implementation Plan", "工作计划", "작업 계획"],
    .steps: ["Concrete Steps", "Steps", "具体步骤", "구체적인 단계"],
    .validation: [
      "Validation and Acceptance", "Validation", "Acceptance Criteria", "Acceptance", "Verification Log",
      "Validation Commands", "Comandos y validación",
    ],
    .recovery: ["Idempotence and Recovery", "Risks and Recovery", "Recovery", "Rollback Plan"],
    .artifacts: ["Artifacts and Notes", "Artefacts and Notes", "Artifacts", "Revision Notes"],
    .interfaces: ["Interfaces and Dependencies", "Interfaces", "Dependencies"],
  ]
}

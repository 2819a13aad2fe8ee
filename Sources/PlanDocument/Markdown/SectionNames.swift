/// The headings of the twelve sections: first as the standard spells them, then other names and
/// translations that plans in public repositories use.
///
/// They are compared without case, numbering and marks; `&` and `and` are the same.
package enum SectionNames {
  package static let names: [SectionKind: [String]] = [
    .purpose: [
      "Purpose / Big Picture", "Purpose", "Purpose and Big Picture", "Goal", "Goals", "Objective",
      "Objectives", "Big Picture", "目标与全局图景", "목적 / 큰 그림", "目的与用户价值", "Propósito y alcance", "Propósito",
      "목적", "目的", "Zweck",
    ],
    .progress: [
      "Progress", "Status", "Progress Tracking", "Progress Log", "Progress and Next Steps", "进度", "진행 현황",
      "진행 상황", "Progreso", "進捗", "Fortschritt",
    ],
    .surprises: [
      "Surprises & Discoveries", "Surprises", "Discoveries", "Discovery Log", "意外与发现", "놀라움과 발견", "驚きと発見",
      "Sorpresas y descubrimientos", "Überraschungen und Erkenntnisse",
    ],
    .decisions: [
      "Decision Log", "Decisions", "决策记录", "Decisiones", "Registro de decisiones", "의사결정 기록", "決定ログ",
      "意思決定ログ", "Entscheidungsprotokoll",
    ],
    .outcomes: [
      "Outcomes & Retrospective", "Outcome", "Outcomes", "Outcome and Retrospective", "Retrospective",
      "Lessons Learned", "结果与复盘", "Resultados y retrospectiva", "결과 및 회고", "成果と振り返り", "結果と振り返り",
      "Ergebnisse und Rückblick",
    ],
    .context: [
      "Context and Orientation", "Context", "Orientation", "Existing Context", "Context and Definitions",
      "Context and Background", "Background and Context", "Repository Orientation", "上下文与定向", "背景与定向",
      "맥락 및 안내", "コンテキストと前提", "Contexto y orientación",
    ],
    .work: [
      "Plan of Work", "Work Plan", "Implementation Plan", "工作计划", "작업 계획", "作業計画", "Plan de trabajo",
    ],
    .steps: [
      "Concrete Steps", "Steps", "Concrete Implementation Steps", "Implementation Steps", "具体步骤", "구체적인 단계",
      "具体的な手順", "Pasos concretos",
    ],
    .validation: [
      "Validation and Acceptance", "Validation", "Validation Plan", "Validation Strategy",
      "Validation and Verification", "Verification", "Acceptance Criteria", "Acceptance", "Verification Log",
      "Validation Notes", "Validation Commands", "验证与验收", "검증 및 인수", "検証と受け入れ", "Comandos y validación",
      "Validación y aceptación",
    ],
    .recovery: [
      "Idempotence and Recovery", "Idempotency and Recovery", "Risks and Recovery", "Rollout and Recovery",
      "Rollback and Recovery", "Recovery", "Rollback Plan", "Rollback", "幂等性与恢复", "幂等与恢复", "멱등성 및 복구",
      "冪等性と復旧", "Idempotencia y recuperación",
    ],
    .artifacts: [
      "Artifacts and Notes", "Artefacts and Notes", "Artifacts", "Artefacts", "Revision Notes", "证据与备注",
      "산출물 및 메모", "成果物とメモ", "Artefactos y notas",
    ],
    .interfaces: [
      "Interfaces and Dependencies", "Dependencies and Interfaces", "Interfaces", "Dependencies", "接口与依赖",
      "인터페이스 및 의존성", "インターフェースと依存関係", "Interfaces y dependencias",
    ],
  ]
}

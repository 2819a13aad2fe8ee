/// The headings of the twelve sections: first as the standard spells them, then other names and
/// translations that plans in public repositories use.
///
/// They are compared without case, numbering and marks; `&` and `and` are the same.
package enum SectionNames {
  package static let names: [SectionKind: [String]] = [
    .purpose: [
      "Purpose / Big Picture", "Purpose and Big Picture", "Purpose", "Purpose and Scope", "Goal", "Goals", "Objective",
      "Objectives", "Big Picture", "Vision", "Vision & Scope", "目标与全局图景", "目的与用户价值", "目标", "목적 / 큰 그림", "목적", "목표",
      "目的", "目的と全体像", "目的 / 全体像", "全体像", "Propósito y alcance", "Propósito", "Objetivo", "Propósito / Visão geral",
      "Zweck", "Zweck und Gesamtbild", "Ziel", "Цель", "Назначение", "Цель / Общая картина",
    ],
    .progress: [
      "Progress", "Status", "Progress Tracking", "Progress Log", "Progress and Next Steps", "进度", "进展", "進度", "진행 현황",
      "진행 상황", "진행", "Progreso", "進捗", "進捗状況", "進行状況", "Fortschritt", "Progresso", "Прогресс",
    ],
    .surprises: [
      "Surprises & Discoveries", "Surprises", "Discoveries", "Discovery Log", "Surprises and Findings", "意外与发现",
      "意外與發現", "놀라움과 발견", "예상 밖의 발견", "驚きと発見", "想定外と発見", "Sorpresas y descubrimientos", "Surpresas e descobertas",
      "Überraschungen und Entdeckungen", "Überraschungen & Entdeckungen", "Сюрпризы и открытия",
      "Неожиданности и открытия", "Überraschungen und Erkenntnisse",
    ],
    .decisions: [
      "Decision Log", "Decisions", "Decisions Made", "Decision Record", "决策记录", "決策記錄", "决策日志", "의사결정 기록", "결정 기록",
      "결정 로그", "決定ログ", "決定記録", "意思決定ログ", "意思決定の記録", "Decisiones", "Registro de decisiones", "Registro de decisões",
      "Entscheidungsprotokoll", "Entscheidungen", "Журнал решений", "Решения",
    ],
    .outcomes: [
      "Outcomes & Retrospective", "Outcome & Retrospective", "Outcome", "Outcomes", "Retrospective", "Lessons Learned",
      "结果与复盘", "结果与回顾", "結果與回顧", "결과와 회고", "결과 및 회고", "結果と振り返り", "成果と振り返り", "Resultados y retrospectiva",
      "Resultados e retrospectiva", "Ergebnisse und Rückblick", "Ergebnisse & Retrospektive",
      "Ergebnisse und Retrospektive", "Результаты и ретроспектива", "Итоги и ретроспектива",
      "Outcome and Retrospective",
    ],
    .context: [
      "Context and Orientation", "Context", "Orientation", "Existing Context", "Context and Definitions",
      "Context and Background", "Background", "Repository Orientation", "上下文与定向", "上下文与导览", "背景", "맥락과 방향", "맥락 및 방향",
      "배경", "コンテキストと方向付け", "背景と前提", "Contexto y orientación", "Contexto e orientação", "Contexto",
      "Kontext und Orientierung", "Kontext", "Контекст и ориентация", "Контекст", "Background and Context", "背景与定向",
      "맥락 및 안내", "コンテキストと前提",
    ],
    .work: [
      "Plan of Work", "Work Plan", "Implementation Plan", "工作计划", "工作計劃", "작업 계획", "作業計画", "Plan de trabajo",
      "Plano de trabalho", "Arbeitsplan", "План работ", "План работы",
    ],
    .steps: [
      "Concrete Steps", "Steps", "Implementation Steps", "Concrete Implementation Steps", "Execution Steps", "具体步骤",
      "具體步驟", "구체적인 단계", "구체적 단계", "具体的な手順", "具体的なステップ", "Pasos concretos", "Passos concretos", "Konkrete Schritte",
      "Конкретные шаги",
    ],
    .validation: [
      "Validation and Acceptance", "Validation", "Acceptance Criteria", "Acceptance", "Acceptance and Validation",
      "Success Criteria", "Done When", "Definition of Done", "Verification", "Verification Log", "Validation Plan",
      "Validation Strategy", "Validation Notes", "Validation Commands", "验证与验收", "验证与接受", "验证", "驗證與驗收", "검증 및 수용",
      "검증과 수용", "검증", "検証と受け入れ", "検証", "Comandos y validación", "Validación y aceptación", "Validação e aceitação",
      "Validierung und Abnahme", "Проверка и приёмка", "Проверка и приемка", "Validation and Verification", "검증 및 인수",
    ],
    .recovery: [
      "Idempotence and Recovery", "Idempotency and Recovery", "Risks and Recovery", "Rollout and Recovery", "Recovery",
      "Rollback", "Rollback Plan", "Rollback and Recovery", "幂等性与恢复", "幂等与恢复", "冪等性與恢復", "멱등성과 복구", "멱등성 및 복구",
      "冪等性と復旧", "冪等性とリカバリ", "Idempotencia y recuperación", "Idempotência e recuperação",
      "Idempotenz und Wiederherstellung", "Идемпотентность и восстановление",
    ],
    .artifacts: [
      "Artifacts and Notes", "Artefacts and Notes", "Artifacts", "Artefacts", "证据与备注", "产物与备注", "工件与备注", "산출물과 메모",
      "산출물 및 메모", "成果物とメモ", "アーティファクトとメモ", "Artefactos y notas", "Artefatos e notas", "Artefakte und Notizen",
      "Артефакты и заметки",
    ],
    .interfaces: [
      "Interfaces and Dependencies", "Interfaces", "Dependencies", "接口与依赖", "介面與相依", "인터페이스와 의존성", "인터페이스 및 의존성",
      "インターフェースと依存関係", "Interfaces y dependencias", "Interfaces e dependências", "Schnittstellen und Abhängigkeiten",
      "Интерфейсы и зависимости", "Dependencies and Interfaces",
    ],
  ]
}

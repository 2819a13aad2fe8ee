/// The look of the page: light and dark, wide and narrow, on a screen and on paper.
///
/// Colours never stand alone: each state is written beside its colour.
enum HTMLStyle {
  static let sheet = """
    :root { color-scheme: light dark; --page: #ffffff; --ink: #1c2330; --faint: #5b6576; --line: #d7dce4; --soft: #f4f6f9;
      --good: #1a7f4b; --good-soft: #e2f4ea; --bad: #b3261e; --bad-soft: #fbe6e4; --waiting: #8a5a00;
      --waiting-soft: #fbf0d9; --running: #1f5fbf; --running-soft: #e3edfb; --idle: #5b6576; --idle-soft: #eceff3; }
    @media (prefers-color-scheme: dark) { :root { --page: #14181f; --ink: #e4e8ef; --faint: #9aa5b5; --line: #313946;
      --soft: #1c222c; --good: #63c893; --good-soft: #17301f; --bad: #ff8a80; --bad-soft: #3b1c1a; --waiting: #e6b455;
      --waiting-soft: #33280f; --running: #8ab4f8; --running-soft: #182740; --idle: #9aa5b5; --idle-soft: #232a35; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
      overflow-wrap: anywhere; }
    main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    a { color: inherit; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
    h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; }
    h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
    code, pre, .graph text { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    code { font-size: .9em; }
    pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; margin: .4rem 0;
      overflow: auto; max-height: 28rem; font-size: .82rem; line-height: 1.45; white-space: pre-wrap; }
    .wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
    .facts dt { color: var(--faint); } .facts dd { margin: 0; }
    .state { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .85rem; font-weight: 600;
      white-space: nowrap; }
    .tone-good { --tone: var(--good); --tone-soft: var(--good-soft); }
    .tone-bad { --tone: var(--bad); --tone-soft: var(--bad-soft); }
    .tone-waiting { --tone: var(--waiting); --tone-soft: var(--waiting-soft); }
    .tone-running { --tone: var(--running); --tone-soft: var(--running-soft); }
    .tone-idle { --tone: var(--idle); --tone-soft: var(--idle-soft); }
    .state { background: var(--tone-soft); color: var(--tone); }
    .problem { border-left: 4px solid var(--tone); background: var(--tone-soft); padding: .6rem .9rem; margin: .8rem 0;
      border-radius: 0 6px 6px 0; }
    .problem h3 { margin-top: 0; } .problem p { margin: .3rem 0; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
    th { color: var(--faint); font-weight: 600; white-space: nowrap; }
    td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    tr:last-child td { border-bottom: 0; }
    .small, small { color: var(--faint); font-size: .85rem; }
    .edge { fill: none; stroke: var(--faint); stroke-width: 1.2; opacity: .55; }
    .node rect { fill: var(--tone-soft); stroke: var(--tone); stroke-width: 1.4; }
    .node text { fill: var(--ink); font-size: 12px; } .node text.small { fill: var(--tone); font-size: 11px; }
    .graph { display: block; }
    .times { display: grid; grid-template-columns: minmax(5rem, 14rem) 1fr; font-size: .82rem; }
    .times > * { border-bottom: 1px solid var(--line); padding: .15rem .5rem; min-width: 0; }
    .times .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; overflow-wrap: normal; }
    .track { position: relative; min-height: 1.5rem; padding: 0; }
    .bar { position: absolute; top: .3rem; bottom: .3rem; min-width: 3px; background: var(--tone); border-radius: 2px; }
    .pause { position: absolute; top: 0; bottom: 0; border-left: 1px dashed var(--faint); }
    details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
    details > summary { cursor: pointer; padding: .45rem .8rem; display: flex; flex-wrap: wrap; gap: .2rem .7rem;
      align-items: baseline; }
    details > summary .grow { flex: 1 1 12rem; min-width: 0; }
    details > div { padding: 0 .8rem .7rem; }
    :target { outline: 2px solid var(--running); outline-offset: 2px; }
    @media print { pre { max-height: none; } .wide { overflow: visible; } }
    """
}

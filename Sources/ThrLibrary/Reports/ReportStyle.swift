/// How a page looks: in light and dark, on narrow screens and on paper.
enum ReportStyle {
  static let text = """
    :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 30%, transparent); \
    --mark: light-dark(#b3261e, #ff8a80); --curve: light-dark(#1f5fae, #8ab8ff); }
    * { box-sizing: border-box; }
    body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem 1rem; }
    main { max-width: 46rem; margin: 0 auto; }
    h1, h2, h3 { line-height: 1.25; margin: 2rem 0 0.5rem; }
    .sentence { font-size: 1.2rem; }
    pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; padding: 0.75rem; \
    border: 1px solid var(--line); border-radius: 4px; }
    img { max-width: 100%; height: auto; background: white; border-radius: 4px; }
    .table { margin: 1rem 0; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
    th, td { padding: 0.25rem 0.75rem; border-bottom: 1px solid var(--line); text-align: left; }
    td.number, th.number { text-align: right; }
    th button { font: inherit; font-weight: 600; background: none; border: 0; padding: 0; \
    color: inherit; cursor: pointer; text-decoration: underline dotted; }
    th[aria-sort=ascending] button::after { content: " ▲"; }
    th[aria-sort=descending] button::after { content: " ▼"; }
    button, input { font: inherit; }
    button.plain { padding: 0.25rem 0.75rem; margin: 0.25rem 0.25rem 0.25rem 0; }
    :focus-visible { outline: 3px solid var(--curve); outline-offset: 2px; }
    .slider { border: 1px solid var(--line); border-radius: 8px; padding: 0 1rem 1rem; }
    .slider[hidden] { display: none; }
    input[type=range] { width: 100%; height: 2rem; accent-color: var(--curve); }
    input[type=number] { width: 8rem; }
    .parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); \
    gap: 1rem 2rem; align-items: start; margin: 1rem 0; }
    fieldset { border: 1px solid var(--line); border-radius: 4px; margin: 1rem 0; min-width: 0; }
    fieldset label { display: block; margin: 0.25rem 0; }
    figure { margin: 0; }
    figure svg { width: 100%; max-width: 20rem; height: auto; overflow: visible; }
    svg .frame { fill: none; stroke: var(--line); }
    svg .curve { fill: none; stroke: var(--curve); stroke-width: 2; stroke-linejoin: round; }
    svg .mark { fill: var(--mark); stroke: Canvas; stroke-width: 1.5; }
    svg text { fill: currentColor; font-size: 11px; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); \
    white-space: nowrap; }
    @media print { body { margin: 0; } pre { white-space: pre-wrap; break-inside: avoid; } \
    button.plain, input[type=range] { display: none; } tr, img, figure { break-inside: avoid; } }
    """
}

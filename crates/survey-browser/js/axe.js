// axe-core has been loaded into this isolated world; only what the note needs comes back.
return axe
  .run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    resultTypes: ["violations"],
    iframes: false,
    preload: false,
    performanceTimer: false,
  })
  .then((result) =>
    JSON.stringify({
      version: cut(result.testEngine.version, 20),
      passes: result.passes.length,
      incomplete: result.incomplete.length,
      violations: result.violations.slice(0, 200).map((rule) => ({
        rule: cut(rule.id, 60),
        impact: cut(rule.impact ?? "minor", 20),
        nodes: rule.nodes.length,
        example: cut(rule.nodes[0]?.html, 200),
      })),
    }),
  );

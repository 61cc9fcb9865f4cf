// Holds an OpenAPI document to the linter's strict rules: lint.cjs FILE. Any finding fails.
'use strict';
const {createConfig, formatProblems, getTotals, lint} = require('@redocly/openapi-core');

async function main(file) {
  const config = await createConfig({extends: ['recommended-strict']});
  const problems = await lint({ref: file, config});
  const totals = getTotals(problems);
  formatProblems(problems, {format: 'codeframe', totals, version: 'docket'});
  console.log(`${file}: ${totals.errors} errors, ${totals.warnings} warnings`);
  process.exitCode = totals.errors + totals.warnings > 0 ? 1 : 0;
}

main(process.argv[2]);

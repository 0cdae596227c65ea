// The reports named on the command line as the rows of a Markdown table.
const fs = require('node:fs');
const cells = (...values) => `| ${values.join(' | ')} |`;

console.log(cells('Program', 'Requests', 'Failures', 'of them refused', 'Unsafe', 'Seconds per deployment', 'Killed', 'Verdict'));
console.log(cells('---', '---:', '---:', '---:', '---:', '---:', '---:', '---'));
for (const file of process.argv.slice(2)) {
  const { title, requests: all, secondsPerDeployment: seconds, deployments, verdict } = JSON.parse(fs.readFileSync(file));
  const killed = deployments.filter(stop => stop.killed).length;
  console.log(cells(title, all.total, all.failures, all.refused, all.unsafe, seconds.mean.toFixed(2), `${killed} of ${deployments.length}`, verdict.outcome));
}

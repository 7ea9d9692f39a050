/**
 * The last line of a whole run: `N passed, N failed`. Takes the exit code and the log of each part: `0:tests.log 1:e2e.log`. A part
 * counts by jest's own summary line; one that ended badly without a failed test, and one without tests of jest, counts as one.
 */
const { readFileSync } = require('node:fs');

let passed = 0;
let failed = 0;
for (const part of process.argv.slice(2)) {
	const [code, file] = [
		Number(part.slice(0, part.indexOf(':'))),
		part.slice(part.indexOf(':') + 1),
	];
	const summary = /^Tests:.*$/m.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
	const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
	passed += summary === '' && code === 0 ? 1 : count('passed');
	failed += count('failed') === 0 && code !== 0 ? 1 : count('failed');
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// The runner is TypeScript: tsx loads it here, and in the processes that Stryker starts. Its settings say that Stryker's
// copy of the engine is strict mode code, as the package is.
process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('tsconfig.json', import.meta.url));
register();
process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, '--import=tsx'].filter(Boolean).join(' ');

/**
 * Mutation testing of the engine: `npm run mutate`, or for one file
 * `npm run mutate -- --mutate nodes/MatchAndMap/engine/release/guard.ts`.
 */
export default {
	mutate: ['nodes/MatchAndMap/engine/**/*.ts'],
	testRunner: 'engine',
	plugins: ['./test/mutation/engineRunner.mts'],
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 20_000,
	incrementalFile: '.cache/mutation/incremental.json',
	tempDirName: '.cache/mutation/sandbox',
	// The linter would take what is left there for files of the package
	cleanTempDir: 'always',
	ignorePatterns: [
		'/dist',
		'/runtime',
		'!/runtime/entries.mts',
		'/bench',
		'/sandbox',
		'/docs',
		'/templates',
		'/icons',
		'*.tgz',
	],
	reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
	clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
	htmlReporter: { fileName: '.cache/mutation/report.html' },
	jsonReporter: { fileName: process.env.MUTATION_REPORT ?? '.cache/mutation/report.json' },
	thresholds: { high: 95, low: 90, break: 90 },
};

const toCommonJs = [
	'@swc/jest',
	{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Tests are `.mts`: n8n's linter checks every `.ts` file as if it shipped, and tests need Node's own modules. */
module.exports = {
	// A busy machine is slow, not wrong
	testTimeout: 60_000,
	testEnvironment: 'node',
	// With all but one of two cores, jest runs everything in one process, which grows and slows down
	maxWorkers: '100%',
	workerIdleMemoryLimit: '1GB',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/torture/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/runtime/'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': toCommonJs,
		'/@jetbrains/ring-ui-built/.+\\.js$': toCommonJs,
	},
	// JetBrains' client comes as modules only
	// For `npm run coverage`
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageDirectory: '.cache/coverage',
	coverageReporters: ['json', 'text-summary'],
	coverageThreshold: { global: { branches: 95 } },
	transformIgnorePatterns: ['/node_modules/(?!@jetbrains/ring-ui-built/)'],
};

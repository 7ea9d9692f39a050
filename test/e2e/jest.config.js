/** The tests on a real n8n, two at a time: `npm run e2e`. */
const base = require('../../jest.config.js');

module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 15 * 60_000,
	// Each has an n8n of its own, which needs a core
	maxWorkers: 2,
};

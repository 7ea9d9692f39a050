/** The tests on a real n8n, one after another: `npm run e2e`. */
const base = require('../../jest.config.js');

module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 15 * 60_000,
	maxWorkers: 1,
};

/** The full set of what a sync has to survive: `npm run torture`. Sizes and seeds come from the environment (sizes.mts). */
const base = require('../e2e/jest.config.js');

module.exports = {
	...base,
	roots: ['<rootDir>/test/torture'],
	testTimeout: 3 * 60 * 60_000,
};

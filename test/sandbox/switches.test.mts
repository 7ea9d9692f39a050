import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultBehaviour, switchNames } from '../../sandbox/control/behaviour.mts';

const readme = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8');
const described = new Map(
	[...readme.matchAll(/^\| `([a-z]\w*)` +\| (\S+) +\| [A-Za-z, ]+\|/gm)].map(
		([, name = '', standard = '']) => [name, standard.replaceAll('`', '')],
	),
);

describe('the switches', () => {
	it('are all in the table of the README, each with its default', () => {
		const standards = Object.entries(defaultBehaviour).map(([name, value]) => [name, `${value}`]);
		expect(Object.fromEntries(described)).toEqual(Object.fromEntries(standards));
		expect(switchNames).toHaveLength(described.size);
	});
});

import { builtInDays } from '../../sandbox/demo/day.mts';
import { parseScenario } from '../../sandbox/demo/scenario.mts';

const parse = (steps: unknown) => parseScenario(JSON.stringify(steps), 'day.json');
const edit = { server: 'wix', id: 'c1', path: 'primaryInfo.email', value: 'a@example.com' };

describe('a scenario file', () => {
	it.each(Object.entries(builtInDays))('may be the built-in day of %s itself', (_flow, day) => {
		expect(parse(day)).toEqual(day);
	});

	it.each([
		['no list', {}, 'must be a list'],
		['a step without title', [{ edits: [] }], 'step 1: "title"'],
		['a step without edits', [{ title: 't' }], 'step 1: "edits"'],
		['runs that are no number', [{ title: 't', edits: [], runs: 'two' }], '"runs"'],
		[
			'an unknown server',
			[
				{ title: 't', edits: [edit] },
				{ title: 't', edits: [{ ...edit, server: 'okta' }] },
			],
			'step 2: edit 1: "server"',
		],
		['an edit of nobody', [{ title: 't', edits: [{ ...edit, id: undefined }] }], '"person"'],
		[
			'a person without a part',
			[{ title: 't', edits: [{ server: 'wix', person: 'a', delete: true }] }],
			'"a" is not among',
		],
		[
			'an unknown role',
			[{ title: 't', people: { a: { pick: 'somebody' } }, edits: [] }],
			'person "a"',
		],
		['an edit without a value', [{ title: 't', edits: [{ server: 'wix', id: 'x' }] }], '"path"'],
	])('is refused with %s', (_name, steps, message) => {
		expect(() => parse(steps)).toThrow(message);
	});

	it('is refused when it is no JSON', () => {
		expect(() => parseScenario('[', 'day.json')).toThrow('day.json is no JSON');
	});
});

import { builtInDay } from '../../sandbox/demo/day.mts';
import { flows } from '../../sandbox/demo/flow.mts';
import { parseScenario } from '../../sandbox/demo/scenario.mts';
import { systems } from '../../sandbox/demo/system.mts';

const parse = (steps: unknown) => parseScenario(JSON.stringify(steps), 'day.json');
const edit = { server: 'wix', id: 'c1', path: 'primaryInfo.email', value: 'a@example.com' };

describe('a scenario file', () => {
	const days = Object.values(systems).flatMap((system) =>
		Object.values(flows).map(({ name }) => ({ name, system, title: system.title })),
	);
	it.each(days)('may be the built-in day of $name and $title itself', ({ name, system }) => {
		const day = builtInDay(name, system);
		expect(parse(day)).toEqual(day);
	});

	it('may call the users’ server by the name it had first', () => {
		const value = { addressOf: 'a', server: 'youtrack' };
		const [step] = parse([
			{
				title: 't',
				people: { a: { pick: 'linkedPair' } },
				edits: [{ ...edit, server: 'youtrack', value }],
			},
		]);
		expect(step?.edits).toEqual([
			{ ...edit, server: 'users', value: { addressOf: 'a', server: 'users' } },
		]);
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

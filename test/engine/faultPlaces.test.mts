import { compile, PlanInputError, type FaultPlace } from '../../nodes/MatchAndMap/engine/rules';
import { defaultPolicies, type DataFlow, type Policies } from '../../nodes/shared/contract/index';
import { flowOf, kept, towards } from './refusal.mts';

const now = '2026-05-01T12:00:00.000Z';
type Told = Parameters<typeof compile>[0];

/** The place that the fault of these rules is about. */
function placeOf(more: { [Name in keyof Told]?: unknown }): FaultPlace | undefined {
	const told = { dataFlow: flowOf([]), policies: defaultPolicies, now, readFrom: now };
	try {
		compile({ ...told, ...more } as Told);
		return undefined;
	} catch (error) {
		expect(error).toBeInstanceOf(PlanInputError);
		return (error as PlanInputError).at;
	}
}

const odd = (value: unknown) => value as never;
const email = { wix: 'primaryInfo.email', user: 'name', compare: 'email' as const };
const linked = (...pairs: Array<Partial<typeof email>>): Partial<DataFlow> => ({
	link: [{ pairs: [email] }, { pairs: [email, ...pairs.map((pair) => ({ ...email, ...pair }))] }],
});

test('sound rules have no fault', () => expect(placeOf({})).toBeUndefined());

test.each<[string, Partial<DataFlow>, FaultPlace]>([
	['an id that is none', { id: '' }, { list: 'flow', field: 'id' }],
	['an id in white space', { id: ' x' }, { list: 'flow', field: 'id' }],
	['an entity', { wixEntity: odd('order') }, { list: 'flow', field: 'wixEntity' }],
	['no link rule', { link: [] }, { list: 'link' }],
	['no list of properties', { properties: odd(7) }, { list: 'properties' }],
	['no pair', { link: [{ pairs: [] }] }, { list: 'link', row: 0, field: 'pairs' }],
	[
		'the comparison of a pair',
		linked({ compare: odd('x') }),
		{ list: 'link', row: 1, pair: 1, field: 'compare' },
	],
	[
		'the Wix field of a pair',
		linked({}, { wix: '' }),
		{ list: 'link', row: 1, pair: 2, field: 'wix' },
	],
	[
		'the user field of a pair',
		linked({ user: 'x[]' }),
		{ list: 'link', row: 1, pair: 1, field: 'user' },
	],
	[
		'no list of further places',
		{ alsoHolds: odd({ user: 'x' }) },
		{ list: 'flow', field: 'alsoHolds.user' },
	],
	[
		'a further place',
		{ alsoHolds: { wix: ['x', '..x'], user: [] } },
		{ list: 'flow', row: 1, field: 'alsoHolds.wix' },
	],
])('%s', (_, more, place) => {
	expect(placeOf({ dataFlow: flowOf([], more) })).toEqual(place);
});

test.each([
	['wix', kept('', 'b')],
	['user', kept('b', '..')],
	['compare', kept('b', 'b', { compare: odd('x') })],
	['type', kept('b', 'b', { type: odd('x') })],
	['direction', kept('b', 'b', { direction: odd('x') })],
	['user', kept('b', 'a')],
	['user', towards('toWix', 'b', 'a.c')],
	['wix', towards('toWix', 'a', 'b')],
	['wix', kept('a.c', 'b')],
	['type', kept('a', 'a', { type: 'date' })],
	['compare', kept('a', 'a', { compare: 'phone' })],
	['direction', towards('toUsers', 'a', 'a')],
])('the %s of a property rule, beside one of a and a: %j', (field, rule) => {
	const dataFlow = flowOf([kept('x', 'x'), kept('a', 'a'), rule]);
	expect(placeOf({ dataFlow })).toEqual({ list: 'properties', row: 2, field });
});

test.each<[string, Partial<Policies>]>([
	...(['bothEdited', 'firstLink', 'createMissing', 'vanished', 'memberContacts'] as const).map(
		(field): [string, Partial<Policies>] => [field, { [field]: odd('x') }],
	),
	['pendingDays', { pendingDays: -1 }],
	['writesPerRun', { writesPerRun: NaN }],
	['guard.records', { guard: { records: -1, percent: 1 } }],
	['guard.percent', { guard: { records: 1, percent: odd('1') } }],
	['onlyRecords', { onlyRecords: odd([7]) }],
	['approvedPlan', { approvedPlan: odd(null) }],
	['dryRun', { dryRun: odd('no') }],
])('policy %s', (field, more) => {
	const place = placeOf({ policies: { ...defaultPolicies, ...more } });
	expect(place).toEqual({ list: 'policies', field });
});

test('no policies, and times that are none', () => {
	expect(placeOf({ policies: null })).toEqual({ list: 'policies' });
	expect(placeOf({ now: 'soon' })).toEqual({ list: 'input', field: 'now' });
	expect(placeOf({ readFrom: '' })).toEqual({ list: 'input', field: 'readFrom' });
});

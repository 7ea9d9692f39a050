import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import { furtherAddresses, linkKeyOf, Marks } from '../../nodes/MatchAndMap/engine/read';
import { Columns } from '../../nodes/MatchAndMap/engine/read/records';
import { readRecords } from '../../nodes/MatchAndMap/engine/read/records';
import { compile } from '../../nodes/MatchAndMap/engine/rules';
import { a, b, contact, inputOf, u, user, w } from './builders.mts';
import { kept } from './refusal.mts';

const compiled = (dataFlow: DataFlow) => compile(inputOf({ dataFlow }));

describe('the columns of a side', () => {
	const columns = () => {
		const two = new Columns('wix', 2);
		two.add(0, 0, { key: 'x', value: 'X' });
		two.add(0, 1, { key: '', value: null, fault: 'holds a list' });
		two.add(1, 0, { key: 'y', value: 'Y' });
		two.add(1, 1, { key: 'z', value: 'Z' });
		return two;
	};

	test('hold key, value and fault of each record by property', () => {
		const two = columns();
		expect([two.key(0, 0), two.value(0, 0), two.key(1, 1), two.value(1, 1)]).toEqual([
			'x',
			'X',
			'z',
			'Z',
		]);
		expect([two.fault(0, 0), two.fault(0, 1)]).toEqual([undefined, 'holds a list']);
		expect([two.fault(1, 0), two.fault(1, 1)]).toEqual([undefined, undefined]);
	});

	test('keep every fault of one record', () => {
		const two = new Columns('users', 2);
		two.add(0, 0, { key: '', value: null, fault: 'first' });
		two.add(0, 1, { key: '', value: null, fault: 'second' });
		expect([two.fault(0, 0), two.fault(0, 1)]).toEqual(['first', 'second']);
	});
});

describe('ids that bear a mark', () => {
	const list = () =>
		readRecords(compiled(contactsAndUsers), 'wix', [contact('C1', a), contact('C2', b)], true);

	test('are marked once, listed or not; no id is none', () => {
		const listed = list();
		const taken = new Marks(listed);
		expect(taken.add('C1', listed.byId.get('C1'))).toBe(false);
		expect(taken.add('C1', listed.byId.get('C1'))).toBe(true);
		expect(taken.add('C9', undefined)).toBe(false);
		expect(taken.add('C9', undefined)).toBe(true);
		expect(taken.add('', undefined)).toBe(false);
		expect(taken.add('', undefined)).toBe(false);
		expect(['C1', 'C2', 'C9', 'C8', ''].map((id) => taken.has(id))).toEqual([
			true,
			false,
			true,
			false,
			false,
		]);
	});

	test('mark the record that is listed, and no other', () => {
		const listed = list();
		const taken = new Marks(listed);
		taken.add('C2');
		taken.add('C9');
		expect(listed.records.map((record) => taken.bears(record))).toEqual([false, true]);
		expect(taken.has('C9')).toBe(true);
	});

	test('of others are copied: neither changes with the other', () => {
		const listed = list();
		const first = new Marks(listed);
		first.add('C1');
		first.add('C9');
		const second = new Marks(listed, first);
		second.add('C2');
		second.add('C8');
		const marked = (marks: Marks) => ['C1', 'C2', 'C8', 'C9'].filter((id) => marks.has(id));
		expect([marked(first), marked(second)]).toEqual([
			['C1', 'C9'],
			['C1', 'C2', 'C8', 'C9'],
		]);
	});
});

describe('a listing', () => {
	const flow = compiled(contactsAndUsers);

	test('counts a record that came twice once, as it came last and in its first place', () => {
		const { records, byId, isWhole } = readRecords(
			flow,
			'wix',
			[contact('C1', a), contact('C2', b), contact('C1', w)],
			true,
		);
		expect(records.map(({ id }) => [id, byId.get(id)?.key(0)])).toEqual([
			['C1', w],
			['C2', b],
		]);
		expect(records).toEqual([...byId.values()]);
		expect(isWhole).toBe(true);
	});

	test('in which nobody comes twice is handed on as it was read', () => {
		const { records } = readRecords(flow, 'wix', [contact('C1', a), contact('C2', b)], true);
		expect(records.map(({ id, place }) => [id, place])).toEqual([
			['C1', 0],
			['C2', 1],
		]);
	});

	test('tells of a fault only where there is one', () => {
		const { records } = readRecords(
			flow,
			'wix',
			[contact('C1', a), { id: 'C2', primaryInfo: { email: 7 } }],
			true,
		);
		expect(Object.keys(entryAt(records, 0).reading(0))).toEqual(['key', 'value']);
		expect(entryAt(records, 1).reading(0).fault).toContain('holds a number');
		expect(entryAt(records, 1).fault).toMatchObject({ field: 'primaryInfo.email' });
	});
});

describe('the key that a link rule gives a record', () => {
	const rule = (wix: string, userField: string, compare: 'email' | 'exact' = 'exact') => ({
		wix,
		user: userField,
		compare,
	});
	const flow = compiled({
		...contactsAndUsers,
		link: [
			...contactsAndUsers.link,
			{ pairs: [rule('info.company', 'org')] },
			{ pairs: [rule('info.company', 'org'), rule('info.city', 'city')] },
			{ pairs: [rule('work', 'work', 'email')] },
		],
	});
	const keysOf = (record: object) => {
		const { records } = readRecords(flow, 'users', [{ ...user('U1', a), ...record }], true);
		return flow.links.map((_, index) => linkKeyOf(flow, entryAt(records, 0), index));
	};

	test('is the value of its only field, or the values of all its fields', () => {
		expect(keysOf({ org: 'North', city: 'Oslo', work: w })).toEqual([
			a,
			'North',
			JSON.stringify(['North', 'Oslo']),
			w,
		]);
	});

	test('is none where a field is empty', () => {
		expect(keysOf({ org: 'North' })).toEqual([a, 'North', '', '']);
		expect(keysOf({ city: 'Oslo' })).toEqual([a, '', '', '']);
	});

	test('is as good from a number or a boolean, except for an address', () => {
		expect(keysOf({ org: 7, city: true, work: 8 })).toEqual([
			a,
			'7',
			JSON.stringify(['7', 'true']),
			'',
		]);
	});

	test('is looked up in the properties, and kept nowhere else, where every rule is one', () => {
		const { records } = readRecords(
			compiled(contactsAndUsers),
			'users',
			[user('U1', a), user('U2', null)],
			true,
		);
		expect(records.map((record) => linkKeyOf(compiled(contactsAndUsers), record, 0))).toEqual([
			a,
			'',
		]);
		expect(records.map(({ otherKeys }) => otherKeys)).toEqual([undefined, undefined]);
	});

	test('is kept for the rules that are no property only', () => {
		const { records } = readRecords(flow, 'users', [{ ...user('U1', a), org: 'North' }], true);
		expect(entryAt(records, 0).otherKeys).toEqual(['', 'North', '', '']);
	});
});

describe('further addresses of a record', () => {
	const further = (flow: DataFlow, record: object) => {
		const rules = compiled(flow);
		const { records } = readRecords(rules, 'wix', [{ id: 'C1', ...record }], true);
		return furtherAddresses(rules, entryAt(records, 0));
	};
	const items = [{ email: ` ${w.toUpperCase()} ` }, { email: '' }, { email: 'nobody' }, {}];

	test('are those at every place that is named, as they compare; what is no address is left out', () => {
		const flow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
			alsoHolds: { wix: ['info.emails.items[].email', 'second'], user: [] },
		};
		expect(further(flow, { info: { emails: { items } }, second: u })).toEqual([w, u]);
		expect(further(flow, {})).toEqual([]);
	});
});

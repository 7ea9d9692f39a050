import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { outcomesIn } from '../../nodes/WixCrm/records/bulkResults';
import { seenFromV4, v5ContactFor } from '../../nodes/WixCrm/records/contactV5';

/** What of a v4 edit Contacts v5 can do just the same; undefined: it cannot, and v4 has to. */

const email = (address: string, primary = false): JsonObject => ({ email: address, primary });
const phone = (number: string, primary = false, more: JsonObject = {}): JsonObject => ({
	phone: number,
	primary,
	...more,
});
const holding = (info: Record<'emails' | 'phones', JsonObject[]>): JsonObject => ({
	id: 'c1',
	revision: 3,
	info: { emails: { items: info.emails }, phones: { items: info.phones } },
});
const ada = email('ada@example.com', true);

describe('an address', () => {
	test.each<[string, JsonObject[], JsonObject | undefined]>([
		['is the first one', [], { email: { email: 'new@example.com' } }],
		['takes the place of the primary one', [ada], { email: { email: 'new@example.com' } }],
		['stands there already in other case', [email('NEW@example.com', true)], undefined],
		['stands there as a further one', [ada, email('new@example.com')], undefined],
		['comes to a list without a primary one', [email('b@example.com')], undefined],
	])('that %s', (_, emails, expected) => {
		const contact = holding({ emails, phones: [] });
		expect(v5ContactFor(contact, { 'primaryInfo.email': ' new@example.com ' })).toEqual(expected);
	});

	test('that stands there already leaves the rest of the edit to v5', () => {
		const contact = holding({ emails: [ada], phones: [] });
		const set = { 'primaryInfo.email': 'ADA@example.com', 'info.name.first': 'Ada' };
		expect(v5ContactFor(contact, set)).toEqual({ name: { first: 'Ada' } });
	});

	test('that is asked for by both its names cannot be told apart', () => {
		const set = { 'primaryInfo.email': 'a@example.com', 'primaryEmail.email': 'b@example.com' };
		expect(v5ContactFor({}, set)).toBeUndefined();
	});
});

describe('a number', () => {
	const sent = (tag: string) => ({ phone: { tag, phone: '070 2' } });
	test.each<[string, JsonObject[], JsonObject[], JsonObject | undefined]>([
		['is the first one', [ada], [], sent('MAIN')],
		['takes the place of one with a tag', [ada], [phone('1', true, { tag: 'HOME' })], sent('HOME')],
		['of one that v4 shows without a tag', [ada], [phone('1', true)], sent('OTHER')],
		['of one without any', [ada], [phone('1', true, { tag: null })], sent('OTHER')],
		['of an untagged one', [ada], [phone('1', true, { tag: 'UNTAGGED' })], sent('OTHER')],
		['has a country code', [ada], [phone('1', true, { countryCode: 'SE' })], undefined],
		['stands alone, where v4 looks for doubles', [], [phone('1', true)], undefined],
		['stands there as a further one', [ada], [phone('1', true), phone('0702')], undefined],
		['comes to a list without a primary one', [ada], [phone('1')], undefined],
	])('that %s', (_, emails, phones, expected) => {
		const contact = holding({ emails, phones });
		expect(v5ContactFor(contact, { 'primaryInfo.phone': '070 2' })).toEqual(expected);
	});

	test('that comes together with the first address', () => {
		const set = { 'primaryInfo.phone': '070 2', 'primaryInfo.email': 'a@example.com' };
		expect(v5ContactFor({}, set)).toEqual({ email: { email: 'a@example.com' }, ...sent('MAIN') });
	});

	test('that stands there already needs nothing', () => {
		const contact = holding({ emails: [ada], phones: [phone('0702', true)] });
		const set = { 'primaryInfo.phone': '070 2', 'info.company': 'Tidewater' };
		expect(v5ContactFor(contact, set)).toEqual({ company: { name: 'Tidewater' } });
		expect(v5ContactFor(contact, { 'primaryInfo.phone': '070 2' })).toBeUndefined();
	});

	test('that is asked for by both its names cannot be told apart', () => {
		const set = { 'primaryInfo.phone': '1', 'primaryPhone.phone': '2' };
		expect(v5ContactFor(holding({ emails: [ada], phones: [] }), set)).toBeUndefined();
	});
});

test('date of birth and language are sent as they are; other fields are left to v4', () => {
	const set = { 'info.birthdate': '1990-01-02', 'info.locale': ' sv-se ' };
	expect(v5ContactFor({}, set)).toEqual({ birthdate: '1990-01-02', locale: 'sv-se' });
	expect(v5ContactFor({}, { ...set, 'info.nothing': 'x' })).toBeUndefined();
});

describe('the parts of an answer', () => {
	const part = (originalIndex: JsonValue, metadata: JsonObject, item?: JsonObject) => ({
		itemMetadata: { originalIndex, ...metadata },
		...(item === undefined ? {} : { item }),
	});
	const unclear = { outcome: 'unclear' };

	test.each<[string, unknown, unknown]>([
		['no object', 'done', undefined],
		['no list', { results: {} }, undefined],
		[
			'nothing about any part',
			{ results: ['x', {}, part('0', { success: true })] },
			[unclear, unclear],
		],
		['a part that was never sent', { results: [part(7, { success: true })] }, [unclear, unclear]],
		[
			'a refusal with a code, and a failure without one',
			{
				results: [
					part(0, { success: false, error: { code: 'X' } }),
					part(1, { success: false, error: { code: '' } }),
				],
			},
			[{ outcome: 'refused' }, unclear],
		],
		[
			'another record than was sent',
			{ results: [part(0, { success: true, id: 'c9' })] },
			[unclear, unclear],
		],
		[
			'a success that names no record',
			{ results: [part(1, { success: true, id: '' })] },
			[unclear, { outcome: 'done', id: undefined }],
		],
	])('%s', (_, body, expected) => {
		expect(outcomesIn(body as JsonObject, ['c0', undefined])).toEqual(expected);
	});

	test('a success shows the record as v4 would', () => {
		const item = { id: 'c0', email: { email: 'a@example.com' }, company: { name: 'Tidewater' } };
		const [done] = outcomesIn({ results: [part(0, { success: true }, item)] }, ['c0']) ?? [];
		expect(done).toMatchObject({
			outcome: 'done',
			id: 'c0',
			record: {
				id: 'c0',
				primaryInfo: { email: 'a@example.com', phone: null },
				info: { company: 'Tidewater', jobTitle: null, birthdate: null },
			},
		});
		expect(seenFromV4({}).id).toBeNull();
	});
});

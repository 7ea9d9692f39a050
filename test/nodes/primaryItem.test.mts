import { itemsOf, withPrimary, writablePhones } from '../../nodes/WixCrm/records/primaryItem';

const one = { id: 'i1', tag: 'WORK', email: 'a@example.com', primary: true };
const two = { id: 'i2', tag: 'HOME', email: 'b@example.com', primary: false };

describe('the primary address', () => {
	test('is replaced in place, id and tag stay', () => {
		expect(withPrimary([two, one], 'email', 'c@example.com', 'email')).toEqual([
			two,
			{ ...one, email: 'c@example.com' },
		]);
	});

	test('moves to another item that holds the address already, in whatever spelling, which stays as it is', () => {
		expect(withPrimary([one, two], 'email', 'B@Example.com', 'email')).toEqual([
			{ ...one, primary: false },
			{ ...two, primary: true },
		]);
	});

	test('is the first item when none is flagged', () => {
		const plain = [{ email: 'a@example.com' }, { email: 'b@example.com' }];
		expect(withPrimary(plain, 'email', 'c@example.com', 'email')).toEqual([
			{ email: 'c@example.com', primary: true },
			{ email: 'b@example.com', primary: false },
		]);
	});

	test('is the only item of a list that was empty', () => {
		expect(withPrimary([], 'email', 'c@example.com', 'email')).toEqual([
			{ tag: 'MAIN', email: 'c@example.com', primary: true },
		]);
	});

	test('leaves what it was given unchanged', () => {
		const items = [{ ...one }, { ...two }];
		withPrimary(items, 'email', 'c@example.com', 'email');
		expect(items).toEqual([one, two]);
	});
});

test('an empty list comes as an empty object, or not at all', () => {
	expect([itemsOf({}), itemsOf(undefined), itemsOf({ items: [one, 'junk'] })]).toEqual([
		[],
		[],
		[one],
	]);
});

test('phones are sent without their read-only form; a country code stays with its own number only', () => {
	const before = [
		{ id: 'p1', phone: '070 1', countryCode: 'SE', e164Phone: '+46701', primary: true },
	];
	expect(writablePhones(before, before)).toEqual([
		{ id: 'p1', phone: '070 1', countryCode: 'SE', primary: true },
	]);
	const after = [{ ...before[0], phone: '+1 207' }];
	expect(writablePhones(before, after)).toEqual([{ id: 'p1', phone: '+1 207', primary: true }]);
});

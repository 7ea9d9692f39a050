import { Base } from '../../nodes/MatchAndMap/engine/base';

const text = '{"email":"a@example.com","company":"North"}';
const read = () => new Base(JSON.parse(text), text);

describe('a base that was read', () => {
	test('is unchanged, and says what its text says', () => {
		const base = read();
		expect(base.isChanged).toBe(false);
		expect(base.get('email')).toBe('a@example.com');
		expect(base.values()).toEqual(['a@example.com', 'North']);
		expect(base.entries()).toEqual([
			['email', 'a@example.com'],
			['company', 'North'],
		]);
		expect(base.toText()).toBe(text);
	});

	test('is not changed by adding what it has, or by taking out what it has not', () => {
		const base = read();
		base.fill([['email', 'b@example.com']]);
		base.delete('phone');
		expect([base.isChanged, base.toText()]).toEqual([false, text]);
	});

	test('keeps everything else when one value is set, added or taken out', () => {
		const [set, filled, deleted] = [read(), read(), read()];
		set.set('email', 'b@example.com');
		filled.fill([
			['company', 'South'],
			['phone', '1'],
		]);
		deleted.delete('email');
		expect([set, filled, deleted].map((base) => base.isChanged)).toEqual([true, true, true]);
		expect([set, filled, deleted].map((base) => Object.fromEntries(base.entries()))).toEqual([
			{ email: 'b@example.com', company: 'North' },
			{ email: 'a@example.com', company: 'North', phone: '1' },
			{ company: 'North' },
		]);
	});

	test('knows nothing that every object has', () => {
		expect(read().has('toString')).toBe(false);
		expect(read().get('toString')).toBeUndefined();
	});
});

describe('the base of a row at rest is released', () => {
	/** What was parsed says otherwise than the text here, so that it shows which of the two is asked. */
	const released = () => {
		const base = new Base({ email: 'parsed@example.com' }, '{"email":"text@example.com"}');
		expect(base.get('email')).toBe('parsed@example.com');
		base.release();
		return base;
	};

	test('and read from its text again, should anybody ask', () => {
		expect(released().get('email')).toBe('text@example.com');
		expect(released().isEmpty).toBe(false);
		expect(released().isChanged).toBe(false);
	});

	test('but not where it was changed since, which no text tells', () => {
		const base = read();
		base.set('email', 'b@example.com');
		base.release();
		expect(base.get('email')).toBe('b@example.com');
	});

	test('nor where there is no text', () => {
		for (const base of [new Base(), new Base({}), new Base({}, '')]) {
			base.release();
			expect([base.isEmpty, base.get('email'), base.toText()]).toEqual([true, undefined, '']);
		}
	});
});

test('a base whose last value is taken out is stored as nothing', () => {
	const base = new Base({ email: 'a@example.com' }, '{"email":"a@example.com"}');
	base.delete('email');
	expect([base.isEmpty, base.toText(), base.isChanged]).toEqual([true, '', true]);
});

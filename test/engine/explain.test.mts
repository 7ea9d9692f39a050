import fc from 'fast-check';
import { explain, withExplanation } from '../../nodes/MatchAndMap/engine/explain';
import {
	contactsAndUsers,
	plan,
	type JsonObject,
	type Policies,
	type PlanInput,
} from '../../nodes/MatchAndMap/engine/index';
import { contact, daysLater, inputOf, pendings, pendingWrite, user } from './builders.mts';
import { about, a, b, one, pair } from './adaAndByron.mts';

describe('why two are linked', () => {
	test('by a rule, in this run', () => {
		const text = about('C1', one(a));
		expect(text).toContain(
			"The Wix record 'C1' ('Ada Example') holds primaryInfo.email 'ada@example.com'",
		);
		expect(text).toContain("The user 'U1' ('User U1') holds profile.email.email 'ada@example.com'");
		expect(text).toContain(
			'link rule 1 fits these two and nobody else: primaryInfo.email = profile.email.email',
		);
	});

	test('by a row that is there already, and that they hold the same', () => {
		const text = about('U1', pair(a, a));
		expect(text).toContain("linked by the row 'contacts:C1:U1'");
		expect(text).toContain('there is nothing to do');
		expect(text).not.toContain('This run links them');
	});

	test('by a row that a person typed', () => {
		expect(about('C1', pair(a, a, { linkId: '' }))).toContain('a row that a person typed');
	});

	test('again, after they were unlinked', () => {
		expect(about('C1', pair(a, a, { state: 'unlinked' }))).toContain(
			'are linked again by this run',
		);
	});

	test.each([' ADA@example.com ', 'U1', 'contacts:C1:U1'])('found by %j', (name) => {
		expect(about(name, pair(a, a))).toContain("linked by the row 'contacts:C1:U1'");
	});

	test('found by an address that both held before', () => {
		expect(about(a, pair(b, b))).toContain("linked by the row 'contacts:C1:U1'");
	});
});

describe('what is planned and what it waits for', () => {
	test('an update: old, new and why', () => {
		expect(about('C1', pair(b, a))).toContain(
			"the user 'U1' is changed, profile.email.email from 'ada@example.com' to 'byron@example.com', because it was edited in Wix",
		);
	});

	test.each<[string, Partial<Policies>, string]>([
		['the guard', { guard: { records: 0, percent: 0 } }, 'the guard stopped it'],
		['a preview', { dryRun: true }, "'Preview Only' is switched on"],
	])('held back by %s, it is told nevertheless', (_, policies, expected) => {
		const text = about('C1', { ...pair(b, a), policies });
		expect(text).toContain("to 'byron@example.com'");
		expect(text).toContain(expected);
		expect(about('C1', pair(b, a))).not.toContain(expected);
	});

	test('the code of the guard is the one of the run', () => {
		const given = { ...pair(b, a), policies: { guard: { records: 0, percent: 0 } } };
		const code = /enter (\S+) as 'Approved Plan'/.exec(about('C1', given))?.[1] ?? '';
		expect(
			about('C1', { ...given, policies: { ...given.policies, approvedPlan: code } }),
		).not.toContain('the guard stopped it');
	});

	test.each<[string, Partial<Parameters<typeof pendingWrite>[2] & object>, string]>([
		['sent', { outcome: 'sent' }, 'it was accepted but is not shown yet'],
		['announced', { outcome: 'announced' }, 'it is sent again'],
		['refused', { outcome: 'refused', code: 'LOCKED' }, 'was refused by the users system on'],
		['refused for now', { outcome: 'refusedForNow', code: 'FULL' }, 'for now on'],
	])('a write that was %s, since when', (_, more, expected) => {
		const at = daysLater(-0.5);
		const text = about(
			'C1',
			pair(b, a, { pending: pendings(pendingWrite(a, b, { at, ...more })) }),
		);
		expect(text).toContain(expected);
		expect(text).toContain(at);
		if (more.code !== undefined) expect(text).toContain(`(${more.code})`);
	});

	test('when a value that was sent will count as not taken', () => {
		const pending = pendings(pendingWrite(a, b, { at: daysLater(-2), outcome: 'sent' }));
		expect(about('C1', pair(b, a, { pending }))).toContain(`From ${daysLater(5)} on`);
	});

	test('a look-up of a record that is missing', () => {
		const text = about('C1', { ...pair(a, a), users: [user('U2', b)] });
		expect(text).toContain("The user 'U1' is missing from a list that counts as complete");
		expect(text).toContain("the user 'U1' is looked up by its ID");
	});

	test('a create, and what its row says', () => {
		const text = about('C1', {
			wixRecords: [contact('C1', a)],
			policies: { createMissing: 'users' },
		});
		expect(text).toContain(
			"a new record in the users system with profile.email.email 'ada@example.com'",
		);
		expect(text).toContain('Its record in the users system is yet to be created');
	});

	test('a conflict: what to do', () => {
		const text = about('C1', pair('x@example.com', b));
		expect(text).toContain("Both sides last agreed on 'ada@example.com'");
		expect(text).toContain('In Review (bothEdited)');
		expect(text).toContain('wixWins or usersWin');
	});

	test('a trial that does not name the pair', () => {
		const trial = { policies: { onlyRecords: ['C7'] } };
		expect(about('C1', { ...pair(b, a), ...trial })).toContain('a trial that does not name them');
		expect(about('C1', { ...pair(b, a), policies: { onlyRecords: ['C1'] } })).not.toContain(
			'a trial',
		);
	});

	test('only changed records: what is not seen', () => {
		const text = about('C1', { ...pair(a, a), users: [], complete: { wix: false, users: false } });
		expect(text).toContain("The user 'U1' is not in this run's list");
	});
});

test('an address of several: each is explained, up to five', () => {
	const wixRecords = Array.from({ length: 7 }, (_, n) => contact(`C${n}`, a));
	const text = about(a, { wixRecords });
	expect(text).toContain('fits 7 pairs or records; the first 5 are explained');
	expect(text).toContain("'C4'");
	expect(text).not.toContain("'C5' ('Ada Example') is in no link");
});

test('custom rules of several pairs: the field that is empty is named', () => {
	const dataFlow = {
		...contactsAndUsers,
		link: [
			{
				pairs: [
					{ wix: 'info.name.first', user: 'name', compare: 'exact' as const },
					{ wix: 'info.company', user: 'login', compare: 'exact' as const },
				],
			},
		],
	};
	expect(about('C1', { ...one(a), dataFlow })).toContain("'info.company' is empty");
});

test('values of people are escaped on the page, at its top', () => {
	const page = '<!doctype html><html><body>\n<h1>Title</h1></body></html>';
	const made = withExplanation(page, '<b>"x"', ["<script>alert('1')</script> $& $1"]);
	expect(made).not.toContain('<script>');
	expect(made).not.toContain('<b>');
	expect(made).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; $&amp; $1');
	expect(made.indexOf('About')).toBeLessThan(made.indexOf('<h1>'));
	expect(made.endsWith('</body></html>')).toBe(true);
});

test('a long value is cut', () => {
	const text = about('C1', { wixRecords: [{ ...contact('C1', a), name: 'n'.repeat(5000) }] });
	expect(text.length).toBeLessThan(2000);
});

test('whatever the rows and records are: no throw, and the plan is not touched', () => {
	const id = fc.constantFrom('C1', 'C2', 'U1', 'U2', '');
	const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>;
	const record = fc.record({ id, primaryInfo: json, profile: json, info: json });
	const text = fc.oneof(fc.constantFrom('', '{}', '[]', '{"primaryInfo.email":"a@x.org"}'), json);
	const row = fc.record({
		rowId: fc.constantFrom('1', '2', '3'),
		linkId: fc.constantFrom('', 'contacts:C1:U1'),
		flow: fc.constantFrom('contacts', 'members'),
		wixId: id,
		userId: id,
		state: fc.constantFrom('linked', 'unlinked', 'keepApart', 'ignored', 'odd'),
		lastSynced: text,
		pending: text,
		decision: fc.constantFrom('', 'wixWins'),
	});
	fc.assert(
		fc.property(
			fc.array(record, { maxLength: 4 }),
			fc.array(record, { maxLength: 4 }),
			fc.array(row, { maxLength: 4 }),
			fc.constantFrom('C1', 'U2', 'a@x.org', '1', '__proto__'),
			fc.boolean(),
			(wixRecords, users, links, name, whole) => {
				const input = inputOf({
					wixRecords: wixRecords as JsonObject[],
					users: users as JsonObject[],
					links: links as unknown as PlanInput['links'],
					complete: { wix: true, users: whole },
				});
				const made = plan(input);
				const before = JSON.stringify([input, made]);
				expect(explain(name, input, made).length).toBeGreaterThan(0);
				expect(JSON.stringify([input, made])).toBe(before);
			},
		),
		{ numRuns: Math.min(300, Number(process.env.PROPERTY_CASES ?? 300)) },
	);
});

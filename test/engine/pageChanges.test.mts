import { atLeast, captured, entryAt } from '../../runtime/entries.mts';
import { type JsonObject } from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, gone, linked, run, u, user, w, type Given } from './builders.mts';
import { flowOf, kept } from './refusal.mts';
import { page, plain, text, pair } from './pages.mts';

const cells = (html: string) =>
	captured(html, /<td>(.*?)<\/td>/gs).map((cell) => plain(cell).trim());

describe('planned changes', () => {
	test('an update: who, each field old to new, and why', () => {
		const html = page({
			...pair(w, a),
			users: [{ ...user('U1', a), name: 'Ada <b "c">' }],
		});
		expect(cells(html)).toEqual([
			'Change user Ada &lt;b &quot;c&quot;&gt; U1',
			`profile.email.email ${a} → ${w}`,
			'Why: edited in Wix',
		]);
		expect(plain(html)).toContain('Planned changes 1');
		expect(plain(html)).toContain('Record Old → new Why');
		expect(plain(html)).not.toContain('are shown');
	});

	test('a create has no old value and no id yet; a deletion has no new one', () => {
		const given: Given = {
			wixRecords: [contact('C2', b)],
			users: [{ ...user('U1', a), name: '' }],
			links: [linked('C1', 'U1', a, gone)],
			policies: { createMissing: 'users', vanished: 'delete' },
		};
		expect(cells(page(given))).toEqual([
			'Delete user U1',
			`profile.email.email ${a}`,
			'Why: the other record is gone',
			'Create user',
			`profile.email.email ${b}`,
			'Why: missing here',
		]);
	});

	test('an empty value is shown as such, a value that is no text as its JSON', () => {
		const dataFlow = flowOf([
			kept('no', 'no', { type: 'number' }),
			kept('name', 'name'),
			kept('left', 'left', { direction: 'toUsers' }),
		]);
		const html = page({
			dataFlow,
			wixRecords: [{ id: 'C1', no: 7, name: 'Ada', left: 'x' }],
			users: [{ id: 'U1', no: 3, name: '' }],
			links: [linked('C1', 'U1', null, { lastSynced: '{"no":3,"left":"x"}' })],
		});
		expect(cells(html)[1]).toBe('no 3 → 7 name empty → Ada left empty → x');
	});

	test('a deactivation has no new value', () => {
		const given: Given = {
			wixRecords: [contact('C2', b)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a, gone), linked('C2', 'U2', b)],
			policies: { vanished: 'deactivate' },
		};
		expect(cells(page(given)).slice(0, 2)).toEqual([
			'Deactivate user User U1 U1',
			`profile.email.email ${a}`,
		]);
	});

	test('none: it says so', () => {
		expect(text(pair(a, a))).toContain('Planned changes None.');
		expect(text(pair(a, a))).toContain('For review Nothing waits for a person.');
	});

	test('a value or an id of any length is cut', () => {
		const long = `${'x'.repeat(299)}y${'z'.repeat(50)}`;
		const html = page({
			dataFlow: flowOf([kept('name', 'name')]),
			wixRecords: [{ id: 'C1', name: long }],
			users: [{ id: long, name: 'x'.repeat(300) }],
			links: [linked('C1', long, null, { lastSynced: `{"name":"${'x'.repeat(300)}"}` })],
		});
		expect(html).toContain(`${'x'.repeat(299)}y…`);
		expect(html).toContain(`<span class="old">${'x'.repeat(300)}</span>`);
		expect(html).not.toContain('yz');
	});

	test('the first 200 are shown, with their true total', () => {
		const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
		const given = (count: number): Given => ({
			wixRecords: numbers(count).map((n) => contact(`C${n}`, `p${n}@example.com`)),
			policies: { createMissing: 'users', guard: null },
		});
		expect(text(given(200))).not.toContain('are shown');
		expect(text(given(201))).toContain('The first 200 of 201 are shown.');
		expect(cells(page(given(201)))).toHaveLength(600);
	});
});

describe('for review', () => {
	const conflict = pair(w, u);

	test('what both records hold, what was found, and what can be answered', () => {
		const html = page(conflict);
		const escaped = (words: string) => words.replaceAll("'", '&#39;');
		const { question, answers } = entryAt(run(conflict).review, 0);
		expect(plain(html)).toContain('For review 1 Edited on both sides 1 Who What was found Answers');
		expect(cells(html)).toEqual([
			`Wix: Ada Example C1 primaryInfo.email: ${w} User: User U1 U1 profile.email.email: ${u}`,
			escaped(question),
			escaped(answers).replaceAll('\n', ' ').replaceAll(': ', ' : '),
		]);
	});

	test('of many answers the first six are shown', () => {
		const same = (count: number): Given => ({
			wixRecords: Array.from({ length: count }, (_, n) => contact(`C${n}`, a)),
			users: [user('U1', a)],
		});
		// A link for each contact, and to leave alone each of the three
		expect(cells(page(same(2)))[2]).not.toContain('more');
		expect(cells(page(same(4)))[2]).toMatch(
			/^(link C\d U1 : .*){4}(leaveAlone .* : .*){2}and 3 more$/,
		);
	});

	test('is grouped by reason', () => {
		const html = page({
			...pair(w, u, {
				wixRecords: [contact('C2', w.replace('w', 'x')), { id: 'C3', primaryInfo: { email: 7 } }],
				users: [user('U2', u.replace('u', 'v'))],
				links: [linked('C2', 'U2', b)],
			}),
		});
		const shown = plain(html);
		expect(shown).toContain('For review 3');
		expect(shown).toContain('Edited on both sides 2');
		expect(shown).toContain('Values that cannot be used 1');
		expect(
			html.match(/<tbody>.*?<\/tbody>/gs)?.map((body) => body.split('<tr>').length - 1),
		).toEqual([2, 1]);
	});

	test('a matter without records is about everybody; one of a record that is not listed shows its id', () => {
		const without = page({ ...pair(a, a), wixRecords: [contact('C1', a), { primaryInfo: {} }] });
		expect(cells(without)[0]).toBe('everybody');
		const broken = page(pair(a, a, { links: [linked('C8', 'U8', a, { pending: '{' })] }));
		expect(cells(broken)[0]).toBe('Wix: C8 User: U8');
	});

	test('of many records the first twenty are shown', () => {
		const same = (count: number): Given => ({
			wixRecords: Array.from({ length: count }, (_, n) => contact(`C${n}`, a)),
			users: [user('U1', a)],
		});
		expect(cells(page(same(20)))[0]).not.toContain('more');
		const [who] = atLeast(cells(page(same(23))), 1);
		expect(who).toContain('and 3 more User: User U1');
		expect(who.split('Ada Example')).toHaveLength(21);
	});

	test('the first 200 of a reason are shown, with their true total', () => {
		const bad = (count: number): Given => ({
			wixRecords: Array.from({ length: count }, (_, n): JsonObject => ({
				id: `C${n}`,
				primaryInfo: { email: 7 },
			})),
		});
		expect(text(bad(200))).not.toContain('are shown');
		expect(text(bad(203))).toContain('The first 200 of 203 are shown.');
	});
});

import { captured } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	withExplanation,
	type JsonObject,
} from '../../nodes/MatchAndMap/engine/index';
import { a, contact, linked, user, w, z, type Given } from './builders.mts';
import { page } from './pages.mts';
import { flowOf, kept } from './refusal.mts';

const plain = (html: string) =>
	html
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
/** The lines of each cell, as a person sees them. */
const cells = (html: string) =>
	captured(html, /<td>(.*?)<\/td>/gs).map((cell) =>
		cell
			.split(/<br>|<\/div>/)
			.map(plain)
			.filter((line) => line !== ''),
	);

const withOrg = flowOf([...contactsAndUsers.properties, kept('org', 'org')]);
const edited = (email: string, more: JsonObject = {}, row: JsonObject = { org: 'Old' }): Given => ({
	dataFlow: withOrg,
	wixRecords: [{ ...contact('C1', email), org: 'New', ...more }],
	users: [{ ...user('U1', a), org: 'Old', ...more }],
	links: [
		linked('C1', 'U1', null, {
			lastSynced: JSON.stringify({ 'primaryInfo.email': a, ...row }),
		}),
	],
});
const unnamed = { name: '', info: {} };

describe('on lines of their own stand', () => {
	test('name, id and each field of a planned change', () => {
		expect(cells(page(edited(w)))).toEqual([
			['Change user', 'User U1', 'U1'],
			['profile.email.email', `${a} → ${w}`, 'org', 'Old → New'],
			['Why: edited in Wix'],
		]);
	});

	test('name, id and each field of a record that waits for a person', () => {
		const [who] = cells(page(edited(a, {}, {})));
		expect(who).toEqual([
			...['Wix: Ada Example', 'C1', `primaryInfo.email: ${a}`],
			...['org: New', 'User: User U1', 'U1', `profile.email.email: ${a}`, 'org: Old'],
		]);
	});

	test('no name, where there is none', () => {
		expect(cells(page(edited(w, unnamed)))[0]).toEqual(['Change user', 'U1']);
		const [[first, , , next] = []] = cells(page(edited(a, unnamed, {})));
		expect([first, next]).toEqual(['Wix: C1', 'User: U1']);
	});
});

test('the answers of a matter stand on lines of their own, code first', () => {
	const [, , answers] = cells(page(edited(a, {}, {})));
	expect(answers).toEqual([
		'wixWins : write &#39;New&#39; to the user',
		'usersWin : write &#39;Old&#39; to Wix',
		'keepApart : they are not the same person: never link these two again',
		'leaveAlone : leave both as they are from now on, and do not ask again',
	]);
});

test('every class on the page has a style', () => {
	const pages = [
		page(edited(w)),
		withExplanation(page(edited(a, {}, {})), 'C1', ['They are linked.']),
		page({ ...edited(z), policies: { guard: { records: 0, percent: 0 } } }),
	];
	for (const html of pages) {
		const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
		const styled = new Set(style.match(/(?<=\.)[a-z]+/g));
		const used = captured(html, /class="([^"]*)"/g).flatMap((names) => names.split(' '));
		expect(used.length).toBeGreaterThan(5);
		expect(used.filter((name) => !styled.has(name))).toEqual([]);
	}
});

import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type Outcome,
	type ReviewReason,
} from '../../nodes/MatchAndMap/engine/index';
import {
	changeReasons,
	outcomeLook,
	reviewTitles,
	stepWords,
} from '../../nodes/MatchAndMap/engine/tell';
import { timeWords } from '../../nodes/MatchAndMap/engine/tell/reportWords';
import { a, b, contact, linked, run, u, user, w, z, type Given } from './builders.mts';
import { flowOf, kept } from './refusal.mts';
import { page, plain, text, pair } from './pages.mts';

const escaped = (words: string) => words.replaceAll("'", '&#39;');

describe('the page', () => {
	test('is whole and bears the title of the rules and the time of the run', () => {
		const html = page({});
		expect(html).toMatch(/^<!doctype html><html lang="en"><head>/);
		expect(html).toMatch(/<\/html>$/);
		expect(html).toContain('<title>Wix contacts and users</title>');
		expect(html).toContain('<h1>Wix contacts and users</h1>');
		expect(plain(html)).toContain('1 May 2026, 12:00 UTC');
		expect(html).not.toContain('Preview');
	});

	test('says that a preview writes nothing', () => {
		expect(text({ policies: { dryRun: true } })).toContain('Preview: nothing is written');
	});

	test.each<[unknown, string]>([
		['Ours & <theirs>', 'Ours &amp; &lt;theirs&gt;'],
		[undefined, 'own'],
		[7, 'own'],
	])('takes %j as title', (title, shown) => {
		const html = page({ dataFlow: { ...flowOf([]), id: 'own', title: title as string } });
		expect(html).toContain(`<h1>${shown}</h1>`);
	});

	test('without data says so, and how to feed it; with any it does not', () => {
		expect(text({})).toContain('nothing to show yet');
		expect(text({})).not.toContain('Planned changes');
		for (const given of [
			{ wixRecords: [contact('C1', a)] },
			{ links: [linked('', '', null)] },
			{ wixRecords: [{ primaryInfo: {} }] },
		]) {
			expect(text(given)).not.toContain('nothing to show yet');
			expect(text(given)).toContain('Planned changes');
		}
	});
});

describe('nothing stands on the page but', () => {
	const head = 'Wix contacts and users Wix contacts and users 1 May 2026, 12:00 UTC';
	const each = 'Each pair counts once, and so does each record without a partner.';

	test('title, time and what to do about it, without data', () => {
		expect(text({}).trim()).toBe(
			`${head} No records and no links arrived: there is nothing to show yet. Run the nodes that feed the inputs Wix, Users and Links.`,
		);
	});

	test('the bar, the guard, the changes, and that nothing waits', () => {
		const passes = 'The guard lets this run pass: it changes 0 Wix records and 1 user.';
		const change = `Change user User U1 U1 profile.email.email ${a} → ${w} Why: edited in Wix`;
		expect(text(pair(w, a)).trim()).toBe(
			`${head} 1 to be changed ${each} ${passes} Planned changes 1 Record Old → new Why ${change} For review Nothing waits for a person.`,
		);
	});

	test('the matters, each with both records, what was found and what can be answered', () => {
		const given = pair(w, u, {
			wixRecords: [contact('C2', null), { primaryInfo: {} }],
			users: [user('U2', null)],
		});
		const heads = 'Who What was found Answers';
		const [withoutId, conflict] = atLeast(
			run(given).review.map(({ question }) => escaped(question)),
			2,
		);
		const answers = [
			`wixWins : write '${w}' to the user`,
			`usersWin : write '${u}' to Wix`,
			'leaveAlone : leave both as they are from now on, and do not ask again',
		].map(escaped);
		const passes = 'The guard lets this run pass: it changes 0 Wix records and 0 users.';
		const records = `Wix: Ada Example C1 primaryInfo.email: ${w} User: User U1 U1 profile.email.email: ${u}`;
		expect(text(given).trim()).toBe(
			`${head} 1 for review 2 with nothing to link by (1 in Wix, 1 user) ${each} ${passes} Planned changes None. For review 2 Values that cannot be used 1 ${heads} everybody ${withoutId} none: see what was found Edited on both sides 1 ${heads} ${records} ${conflict} ${answers.join(' ')}`,
		);
	});

	test('why it was stopped', () => {
		const given = { ...pair(w, a), policies: { guard: { records: 0, percent: 0 } } };
		const { question } = entryAt(run(given).review, 0);
		expect(text(given)).toContain(
			`${head} The guard stopped this run ${escaped(question)} 1 to be changed ${each} Planned changes 1 `,
		);
	});
});

describe('the bar of outcomes', () => {
	test('has a part for each that there is, as wide as its count, and a legend', () => {
		const html = page({
			...pair(a, a),
			wixRecords: [contact('C1', a), contact('C2', null), contact('C3', b), contact('C4', z)],
			users: [user('U1', a), user('U2', null), user('U3', null)],
		});
		const bar = /<div class="bar">(.*?)<\/div>/.exec(html)?.[1] ?? '';
		expect([...bar.matchAll(/flex-grow:(\d+)/g)].map(([, count]) => count)).toEqual([
			'1',
			'3',
			'2',
		]);
		const legend = /<ul class="legend">(.*?)<\/ul>/.exec(html)?.[1] ?? '';
		expect(legend.split('</li>').map((item) => plain(item).trim())).toEqual([
			'1 in sync',
			'3 with nothing to link by (1 in Wix, 2 users)',
			'2 on one side only',
			'',
		]);
		for (const outcome of ['inSync', 'withoutKey', 'unmatched'] as const)
			expect(html.split(outcomeLook[outcome].colour)).toHaveLength(3);
	});

	test('every outcome has a name and a colour of its own', () => {
		const looks = Object.values(outcomeLook);
		for (const { label, colour } of looks) {
			expect(label).toMatch(/^[a-z ]{4,}$/);
			expect(colour).toMatch(/^#[0-9a-f]{6}$/);
		}
		for (const part of ['label', 'colour'] as const)
			expect(new Set(looks.map((look) => look[part])).size).toBe(looks.length);
		expect(Object.keys(outcomeLook).sort()).toEqual(
			(Object.keys(run({}).report.counts) as Outcome[]).sort(),
		);
	});
});

test('nothing stands between one part of the page and the next', () => {
	const given: Given = {
		dataFlow: {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
		},
		wixRecords: [
			contact('C1', w),
			contact('C2', z),
			contact('C3', a),
			contact('C4', a),
			contact('C5', 'x'),
		],
		users: [user('U1', u), user('U2', u.replace('u', 'v')), user('U3', a), user('U6', null)],
		links: [
			linked('C1', 'U1', a),
			linked('C2', 'U2', b),
			linked('C8', 'U8', a, { pending: '{' }),
			linked('C9', 'U9', a, { state: 'x' as never }),
		],
	};
	const html = page(given);
	expect(html.match(/<table>/g)).toHaveLength(4);
	const between = /<\/(?:tr|td|th|table|thead|tbody|p|div|li|ul|h1|h2|h3)>[^<\s]+/g;
	expect(html.match(between)).toBeNull();
	expect(plain(html)).toContain('C5 info.company: empty');
	expect(plain(html)).not.toContain('C5 primaryInfo.email');
});

test('the members have a page of their own', () => {
	expect(page({ dataFlow: membersAndUsers })).toContain('<h1>Wix members and users</h1>');
});

describe('the verdict of the guard', () => {
	test('passed: how many records the run changes', () => {
		expect(text(pair(w, a))).toContain(
			'The guard lets this run pass: it changes 0 Wix records and 1 user.',
		);
		expect(text(pair(a, w))).toContain('changes 1 Wix record and 0 users.');
	});

	test('switched off', () => {
		expect(text({ ...pair(w, a), policies: { guard: null } })).toContain(
			'The guard is switched off. This run changes 0 Wix records and 1 user.',
		);
	});

	test('stopped: what it says stands at the top, and not among the matters again', () => {
		const given = { ...pair(w, a), policies: { guard: { records: 0, percent: 0 } } };
		const shown = text(given);
		const question = escaped(entryAt(run(given).review, 0).question);
		expect(shown).toContain(`The guard stopped this run ${question}`);
		expect(shown.split(question)).toHaveLength(2);
		expect(shown.indexOf(question)).toBeLessThan(shown.indexOf('Planned changes 1'));
		expect(shown).not.toContain('lets this run pass');
		expect(shown).toContain('Nothing waits for a person.');
		expect(shown).not.toContain('Stopped by the guard');
		const more = text({ ...given, users: [user('U1', a), user('U5', 'nobody')] });
		expect(more.split('cannot be used')).toHaveLength(2);
		expect(more.indexOf('nobody')).toBe(-1);
		expect(more.split('The record was left alone')).toHaveLength(2);
	});
});

describe('words', () => {
	test('a time is told in UTC, a text that is none as it is', () => {
		expect(timeWords('2026-11-23T05:03:09.000Z')).toBe('23 November 2026, 05:03 UTC');
		expect(timeWords('2026-01-02T23:59:00+01:00')).toBe('2 January 2026, 22:59 UTC');
		expect(timeWords('soon')).toBe('soon');
		const months = Array.from({ length: 12 }, (_, n) =>
			timeWords(new Date(Date.UTC(2026, n, 1)).toISOString()),
		);
		expect(months.map((told) => entryAt(told.split(' '), 1).slice(0, 3)).join(' ')).toBe(
			'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
		);
	});

	test('every step, reason of a change and reason for review has words of its own', () => {
		const operations = ['create', 'update', 'deactivate', 'delete', 'verify'] as const;
		const told = operations.flatMap((operation) => [
			stepWords({ operation, side: 'wix' }),
			stepWords({ operation, side: 'users' }),
		]);
		expect(told[2]).toBe('Change Wix record');
		expect(told[3]).toBe('Change user');
		for (const words of [told, Object.values(changeReasons), Object.values(reviewTitles)]) {
			expect(new Set(words).size).toBe(words.length);
			for (const each of words) expect(each).toMatch(/^[A-Za-z].{2,}[a-z]$/);
		}
		const reasons: ReviewReason[] = ['ambiguous', 'emptied', 'badLink', 'guard'];
		for (const reason of reasons) expect(reviewTitles[reason]).toMatch(/^[A-Z]/);
	});
});

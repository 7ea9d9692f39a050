import { atLeast, entryAt } from '../../runtime/entries.mts';
import { ReviewBoard, texts } from '../../nodes/MatchAndMap/engine/review';
import { plan, PlanInputError, type Side } from '../../nodes/MatchAndMap/engine/index';
import { inputOf } from './builders.mts';

const sideName = { wix: 'Wix', users: 'the users system' };
const sides: Side[] = ['wix', 'users'];
type Words = { message: string; howToDecide: string };

/** Every text for a matter in review, by what it is about. */
const matters: Array<[string, Words]> = [
	['ambiguous', texts.ambiguous({ wix: 2, users: 3 })],
	['bothEdited', texts.bothEdited('email')],
	['firstLinkDiffers', texts.firstLinkDiffers('email')],
	['linkedTwice', texts.linkedTwice()],
	['linkedInOtherFlow', texts.linkedInOtherFlow()],
	['vanishedBoth', texts.vanishedBoth()],
	['unlinked', texts.unlinked()],
	['badValue', texts.badValue('email', 'holds a list')],
	['badLink', texts.badLink('it names no record')],
	['badLink of a row', texts.badLink('it names no record', '7')],
	['guard', texts.guard({ wix: 3, users: 60 }, 'c0de')],
	['refused by the member lock', texts.refused('email', 'wix', 'CANNOT_UPDATE_MEMBER_EMAIL')],
	...sides.flatMap((side): Array<[string, Words]> => [
		[`${side}: ambiguousSource`, texts.ambiguousSource(side, 2)],
		[`${side}: bothEdited, refused`, texts.bothEdited('email', side)],
		[`${side}: emptied`, texts.emptied('email', side)],
		[`${side}: addressTaken`, texts.addressTaken(side)],
		[`${side}: addressTakenTwice`, texts.addressTakenTwice(side)],
		[`${side}: addressCycle`, texts.addressCycle(side)],
		[`${side}: mergedIntoLinked`, texts.mergedIntoLinked(side)],
		[`${side}: refused`, texts.refused('email', side, 'LOCKED')],
		[`${side}: notTaken`, texts.notTaken('email', side, 7)],
		[`${side}: vanished`, texts.vanished(side)],
		[`${side}: withoutId`, texts.withoutId(side, 4)],
		[`${side}: guardEmptySide`, texts.guardEmptySide(side)],
	]),
];

const isSentence = /^(['"A-Z0-9]|the users system ).{20,}\.$/;

describe('a matter for review', () => {
	test.each(matters)('%s: says in sentences what happened, and what to do', (_, words) => {
		expect(words.message).toMatch(isSentence);
		expect(words.howToDecide).toMatch(isSentence);
		expect(`${words.message} ${words.howToDecide}`).not.toMatch(/undefined|null|\(\)| {2}|\.\./);
	});

	test.each(matters.filter(([name]) => /^(wix|users): /.test(name)))(
		'%s: names the side',
		(name, { message, howToDecide }) => {
			const [side] = name.split(':') as [Side];
			const other = side === 'wix' ? 'users' : 'wix';
			expect(`${message} ${howToDecide}`).toContain(sideName[side]);
			expect(message).not.toContain(`of ${sideName[other]}`);
		},
	);
});

describe('the field, the numbers and the code are named', () => {
	const named: Array<[Words, string[]]> = [
		[texts.ambiguous({ wix: 2, users: 3 }), ['2 Wix records and 3 users']],
		[texts.ambiguousSource('wix', 2), ['2 records of Wix']],
		[texts.bothEdited('email'), ["'email'"]],
		[texts.firstLinkDiffers('email'), ["'email'"]],
		[texts.emptied('email', 'wix'), ["'email' was emptied in Wix"]],
		[texts.refused('email', 'wix', 'LOCKED'), ["'email' (LOCKED)"]],
		[texts.refused('email', 'wix', ''), ["'email'."]],
		[texts.notTaken('email', 'users', 7), ["'email' more than 7 days ago"]],
		[texts.badValue('email', 'holds a list'), ["The field 'email' holds a list."]],
		[texts.withoutId('users', 4), ['4 records of the users system']],
		[texts.badLink('it names no record', '7'), ['Row 7 of the links table', 'it names no record']],
		[texts.badLink('it names no record'), ['A row of the links table', 'it names no record']],
		[texts.guard({ wix: 3, users: 60 }, 'c0de'), ['3 records in Wix and 60 users', 'c0de']],
	];

	test.each(named)('%j', ({ message, howToDecide }, parts) => {
		for (const part of parts) expect(`${message} ${howToDecide}`).toContain(part);
	});
});

describe('the decision that is offered is the one that helps', () => {
	const decisions = ({ howToDecide }: Words) => howToDecide.match(/wixWins|usersWin/g);

	test.each<[string, Words, string[]]>([
		['both were edited: either', texts.bothEdited('email'), ['wixWins', 'usersWin']],
		['Wix refuses: only Wix can win', texts.bothEdited('email', 'wix'), ['wixWins']],
		['the users refuse: only they can win', texts.bothEdited('email', 'users'), ['usersWin']],
		['a new pair differs: either', texts.firstLinkDiffers('email'), ['wixWins', 'usersWin']],
		['emptied in Wix: the user fills it', texts.emptied('email', 'wix'), ['usersWin']],
		['the user emptied: Wix fills it', texts.emptied('email', 'users'), ['wixWins']],
		['Wix refused: the user gives up', texts.refused('email', 'wix', ''), ['wixWins']],
		['the users refused: Wix gives up', texts.refused('email', 'users', ''), ['usersWin']],
		[
			'a member: the user gives up',
			texts.refused('email', 'wix', 'CANNOT_UPDATE_MEMBER_EMAIL'),
			['wixWins'],
		],
		[
			'not taken by Wix: send again, or take back',
			texts.notTaken('email', 'wix', 7),
			['usersWin', 'wixWins'],
		],
		[
			'not taken by the users: send again, or take back',
			texts.notTaken('email', 'users', 7),
			['wixWins', 'usersWin'],
		],
	])('%s', (_, words, offered) => expect(decisions(words)).toEqual(offered));

	test('where to make it: in the links table, by its column', () => {
		for (const words of [
			texts.bothEdited('email'),
			texts.firstLinkDiffers('email'),
			texts.emptied('email', 'wix'),
			texts.refused('email', 'users', ''),
			texts.notTaken('email', 'wix', 7),
		])
			expect(words.howToDecide).toMatch(/links table, .* set 'decision' to (wixWins|usersWin)/);
	});

	test('a member is told where the address can be changed', () => {
		const { howToDecide } = texts.refused('email', 'wix', 'CANNOT_UPDATE_MEMBER_EMAIL');
		expect(howToDecide).toContain('site member');
		expect(texts.refused('email', 'wix', 'LOCKED').howToDecide).not.toContain('site member');
	});
});

describe('what no run can do without', () => {
	const refusalOf = (more: object) => {
		try {
			plan({ ...inputOf({}), ...more });
			return undefined;
		} catch (error) {
			expect(error).toBeInstanceOf(PlanInputError);
			return (error as Error).message;
		}
	};

	test.each([[undefined], [null], ['review']])('policies: %j are none', (policies) => {
		expect(refusalOf({ policies })).toBe('The policies are missing');
	});

	test.each([['soon'], ['']])('a time: %j is none', (now) => {
		expect(refusalOf({ now })).toContain("'now' must be an ISO time");
	});

	test('numbers in the guard, and days to wait', () => {
		const policies = (more: object) => ({ policies: { ...inputOf({}).policies, ...more } });
		expect(refusalOf(policies({ guard: undefined }))).toContain(
			"'guard': records must be a number",
		);
		expect(refusalOf(policies({ pendingDays: '7' }))).toContain("'pendingDays' must be a number");
		expect(refusalOf(policies({ pendingDays: Infinity }))).toContain('must be a number from 0 up');
		expect(refusalOf(policies({ pendingDays: 0 }))).toBeUndefined();
	});
});

describe('several faults of one matter', () => {
	test('are said in one, each once, and what is too much is counted', () => {
		const board = new ReviewBoard('flow');
		const matter = { reason: 'badValue' as const, wixIds: ['C1', '', 'C1'], userIds: [] };
		const said = (n: number) => ({ message: `Fault ${n}.`, howToDecide: `Do ${n % 2}.` });
		board.add({ ...matter, ...said(0) });
		board.add({ ...matter, ...said(0) });
		expect(board.list()).toMatchObject([{ ...said(0), wixIds: ['C1'] }]);
		board.add({ ...matter, ...said(1) });
		expect(board.list()).toMatchObject([
			{ message: 'Fault 0. Fault 1.', howToDecide: 'Do 0. Do 1.' },
		]);
		for (let n = 2; n < 10; n++) board.add({ ...matter, ...said(n) });
		expect(entryAt(board.list(), 0).message).toMatch(/Fault 8\. Fault 9\.$/);
		board.add({ ...matter, ...said(10) });
		board.add({ ...matter, ...said(11) });
		const [item, ...others] = atLeast(board.list(), 1);
		expect(others).toEqual([]);
		expect(item.message).toMatch(/Fault 9\. 2 more are of this kind\.$/);
		expect(item.howToDecide).toBe('Do 0. Do 1.');
	});
});

test('an error about rules or policies says that it is one', () => {
	expect(new PlanInputError('x')).toMatchObject({ name: 'PlanInputError', message: 'x' });
});

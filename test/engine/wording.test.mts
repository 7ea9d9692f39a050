import {
	pairWords,
	words,
	type FieldFacts,
	type PairReason,
	type Words,
} from '../../nodes/MatchAndMap/engine/ask';
import type { Side } from '../../nodes/MatchAndMap/engine/index';

const sideName = { wix: 'Wix', users: 'the users system' };
const sides: Side[] = ['wix', 'users'];
const ada = { id: 'C1', name: 'Ada (a@example.com)' };
const bea = { id: 'C2', name: 'Bea (b@example.com)' };
const user = { id: 'U1', name: 'ada' };
const own = { wix: 'in Wix', users: 'with the user', before: 'from before' };

/** What is said of one field of a pair; every value is another one. */
const ofPair = (reason: PairReason, more: Partial<FieldFacts> = {}, ...winners: Side[]): Words =>
	pairWords(
		reason,
		[
			{
				field: 'email',
				...{ wix: own.wix, users: own.users, base: own.before },
				...{ side: 'wix', code: '', days: 7, refusing: undefined },
				...more,
			},
		],
		winners.map((winner) => ({ winner, value: own[winner] })),
	);

const pairReasons: PairReason[] = [
	'bothEdited',
	'firstLinkDiffers',
	'emptied',
	'notTaken',
	'refused',
	'badValue',
	'addressTaken',
];

/** What is said of every matter, by what it is about. */
const matters: Array<[string, Words]> = [
	['ambiguous', words.ambiguous([ada, bea], [user])],
	['linkedTwice', words.linkedTwice([{ wix: ada, user }])],
	['linkedInOtherFlow', words.linkedInOtherFlow()],
	['vanished, who knows where', words.vanished('', { create: true, deactivate: true })],
	['badValue', words.badValue('email', 'holds a list')],
	['badLink', words.badLink('it names no record')],
	['guard', words.guard(['This run would create 5 users.'], 'c0de')],
	...sides.flatMap((side): Array<[string, Words]> => [
		...pairReasons.map((reason): [string, Words] => [
			`${side}: ${reason} of a pair`,
			ofPair(reason, { side, refusing: side, code: 'LOCKED' }, 'wix', 'users'),
		]),
		[`${side}: ambiguousSource`, words.ambiguousSource(side, 2, [ada])],
		[`${side}: addressTaken`, words.addressTaken(side, 'a@example.com')],
		[`${side}: addressTakenTwice`, words.addressTakenTwice(side)],
		[`${side}: addressCycle`, words.addressCycle(side)],
		[`${side}: mergedIntoLinked`, words.mergedIntoLinked(side)],
		[`${side}: vanished`, words.vanished(side, { create: false, deactivate: false })],
		[`${side}: removalRefused`, words.removalRefused('delete', side, 'LOCKED')],
		[`${side}: withoutId`, words.withoutId(side, 4)],
		[`${side}: guardEmptySide`, words.guardEmptySide(side)],
	]),
];

describe('a matter', () => {
	test.each(matters)('%s: is said in sentences; every answer has words', (_, said) => {
		expect(said.question).toMatch(/^['"A-Z0-9].{20,}\.$/);
		expect(said.question).not.toMatch(/undefined|null|\(\)| {2}|\.\./);
		for (const answer of said.answers) {
			expect(answer.code).toMatch(/^[a-zA-Z]+( [\w-]+)*$/);
			expect(answer.words).toMatch(/^[a-zA-Z].{10,}[^.]$/);
		}
		const codes = said.answers.map(({ code }) => code);
		expect(new Set(codes).size).toBe(codes.length);
	});

	test.each(matters.filter(([name]) => /^(wix|users): /.test(name)))(
		'%s: names the side',
		(name, { question }) => {
			const [side] = name.split(':') as [Side];
			const word = side === 'wix' ? /Wix/ : /users? system|the user/;
			expect(question).toMatch(word);
			expect(question).not.toContain(`of ${sideName[side === 'wix' ? 'users' : 'wix']}`);
		},
	);
});

describe('what is found names the field, both values and the numbers', () => {
	const { wix, users, before } = own;
	const toUsers = { side: 'users' } as const;

	test.each<[string, Words, string[]]>([
		['bothEdited', ofPair('bothEdited'), ['email', wix, users, before]],
		['firstLinkDiffers', ofPair('firstLinkDiffers'), ['email', wix, users]],
		['emptied in Wix', ofPair('emptied'), ['email', 'emptied in Wix', before]],
		['not taken by Wix', ofPair('notTaken'), [`accepted '${users}'`, '7 days', `shows '${wix}'`]],
		['not taken by users', ofPair('notTaken', toUsers), [`accepted '${wix}'`, `shows '${users}'`]],
		['refused', ofPair('refused', { code: 'LOCKED' }), [`refused '${users}'`, "'email' (LOCKED)"]],
		['refused by users', ofPair('refused', toUsers), [`refused '${wix}' for 'email' and`]],
		['a bad value', ofPair('badValue', toUsers), [`cannot take '${wix}' for 'email'`]],
		['held by another', ofPair('addressTaken', toUsers), [`'${wix}' is held`]],
		['to be written, held', words.addressTaken('wix', 'a@x.org'), ["'a@x.org' is to be written"]],
		['in doubt', words.ambiguous([ada, bea], [user]), ['2 Wix records and 1 user match']],
		['of one address', words.ambiguousSource('wix', 3, [ada]), ['3 records of Wix']],
		['a field', words.badValue('email', 'holds a list'), ["The field 'email' holds a list."]],
		['without id', words.withoutId('users', 4), ['4 records of the users system']],
		['a row', words.badLink('it names no record', '7'), ['Row 7 of the links table', 'no record']],
		['some row', words.badLink('it names no record'), ['A row of the links table']],
		['the guard', words.guard(['This is much.'], 'c0de'), ['This is much. Nothing', 'c0de']],
		[
			'a removal',
			words.removalRefused('delete', 'users', 'LOCKED'),
			['delete the record (LOCKED)'],
		],
	])('%s', (_, { question }, parts) => {
		for (const part of parts) expect(question).toContain(part);
	});

	test('a member is told where the address can be changed', () => {
		const said = (code: string) => ofPair('refused', { code }).question;
		expect(said('CANNOT_UPDATE_MEMBER_EMAIL')).toContain('site member');
		expect(said('LOGIN_EMAIL_CHANGE_NOT_PERMITTED')).toContain('site member');
		expect(said('LOCKED')).not.toContain('site member');
	});

	test('several fields of one pair are told one after the other', () => {
		const facts = (field: string) => ({
			...{ field, wix: 'x', users: 'y', base: 'z', side: 'wix' as const },
			...{ code: '', days: 7, refusing: undefined },
		});
		const { question } = pairWords('bothEdited', [facts('one'), facts('two')], []);
		expect(question).toMatch(/^'one' was edited .*\. 'two' was edited .*\.$/);
	});
});

describe('what can be answered', () => {
	test.each<[string, Words, string[]]>([
		[
			'either side may win',
			ofPair('bothEdited', {}, 'wix', 'users'),
			['wixWins', 'usersWin', 'leaveAlone'],
		],
		['only one may', ofPair('refused', {}, 'wix'), ['wixWins', 'leaveAlone']],
		['neither may', ofPair('badValue'), ['leaveAlone']],
		[
			'a new pair may be two people',
			ofPair('firstLinkDiffers', {}, 'users'),
			['usersWin', 'keepApart', 'leaveAlone'],
		],
		[
			'who is who',
			words.ambiguous([ada, bea], [user]),
			['link C1 U1', 'link C2 U1', 'leaveAlone wix C1', 'leaveAlone wix C2', 'leaveAlone users U1'],
		],
		['which link is right', words.linkedTwice([{ wix: ada, user }]), ['link C1 U1']],
		['a link too many', words.mergedIntoLinked('wix'), ['unlink']],
		['a link of other rules', words.linkedInOtherFlow(), ['unlink']],
		[
			'a record is gone',
			words.vanished('wix', { create: true, deactivate: true }),
			['createAgain', 'removeOther', 'removeOther delete', 'leaveAlone'],
		],
		[
			'nothing could be created or deactivated',
			words.vanished('wix', { create: false, deactivate: false }),
			['removeOther', 'leaveAlone'],
		],
		['the guard', words.guard(['This is much.'], 'c0de'), ['approve c0de']],
		['an empty side is never let through', words.guardEmptySide('wix'), []],
	])('%s', (_, { answers }, codes) => expect(answers.map(({ code }) => code)).toEqual(codes));

	test('says what would be written where, and whom it is about', () => {
		const told = ({ answers }: Words) => answers.map((answer) => answer.words);
		expect(told(ofPair('bothEdited', {}, 'wix', 'users')).slice(0, 2)).toEqual([
			`write '${own.wix}' to the user`,
			`write '${own.users}' to Wix`,
		]);
		expect(told(words.ambiguous([ada], [user]))[0]).toBe(
			'Ada (a@example.com) in Wix and the user ada are the same person',
		);
	});
});

import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { runOnce } from '../../sandbox/demo/run.mts';
import { sandboxAccounts } from '../../sandbox/demo/sandboxServers.mts';
import { systems, USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate, importFile } from '../../sandbox/demo/template.mts';
import {
	lookAround,
	REVIEW_TABLE,
	type LinkRow,
	type ReviewRow,
} from '../../sandbox/demo/world.mts';
import { setStage, type Stage } from './n8n.mts';
import { ReviewForm } from './reviewForm.mts';

const PATH = 'wix-user-sync-review';
const HOSTILE = `<img src=x onerror="document.title='run'"><b>$& {{ 7*7 }}</b>`;

let stage: Stage;
afterEach(async () => await stage.cleanup.run());

const sync = async () => await runOnce(stage.calls, stage.workflowId, stage.servers);
const around = async () => await lookAround(stage.servers, stage.calls);
const questions = async () => await readTable<ReviewRow>(stage.calls, REVIEW_TABLE);
const ids = (text: string) => text.split(', ');

interface Scene {
	pair: LinkRow;
	/** Two contacts and one user, of whom one contact has a name that is no name. */
	twoContacts: ReviewRow;
	/** One contact and two users. */
	twoUsers: ReviewRow;
	conflict: ReviewRow;
}

/** One conflict, and two questions about doubled records. */
async function setScene(): Promise<Scene> {
	const { wix, users } = stage.servers;
	await sync();
	const first = await around();
	const doubled = first.review.find(({ wixIds }) => ids(wixIds).length === 2);
	const pair = first.links.find(({ state }) => state === 'linked');
	if (!pair || !doubled) throw new Error('Other people than expected');
	await wix.edit(pair.wixId, 'primaryInfo.email', 'in.wix@example.org');
	await users.edit(pair.userId, USER_EMAIL, 'in.youtrack@example.org');
	await wix.edit(ids(doubled.wixIds)[1] ?? '', 'info.name.first', HOSTILE);
	expect((await sync()).review).toEqual({ ambiguous: 2, bothEdited: 1 });
	const { review } = await around();
	const twoContacts = review.find(({ wixIds }) => ids(wixIds).length === 2);
	const twoUsers = review.find(({ userIds }) => ids(userIds).length === 2);
	const conflict = review.find(({ reason }) => reason === 'bothEdited');
	if (!twoContacts || !twoUsers || !conflict) throw new Error('Other questions than expected');
	return { pair, twoContacts, twoUsers, conflict };
}

/** What the form answers to somebody who is not logged in; n8n opens it a moment after it was published. */
async function whenOpen(url: string): Promise<Response> {
	const giveUpAt = Date.now() + 20_000;
	for (;;) {
		const answer = await fetch(url, { redirect: 'manual' });
		if (answer.status !== 404 || Date.now() > giveUpAt) return answer;
		await wait(200);
	}
}

it('asks, saves what a person decides in a browser, and the next run carries it out', async () => {
	stage = await setStage(40);
	const { calls, cleanup, sandbox, server } = stage;
	const { pair, twoContacts, twoUsers, conflict } = await setScene();
	const accounts = sandboxAccounts(sandbox, systems.youTrack);
	await activate(calls, await importFile(calls, accounts, 'templates/review-and-decide.json'));

	const closed = await whenOpen(`${server.url}/form/${PATH}`);
	expect([closed.status, closed.headers.get('location')]).toEqual([
		302,
		expect.stringContaining('/oauth/authorize'),
	]);

	const form = await ReviewForm.open(stage, PATH, cleanup);
	const listed = await form.people();
	expect(listed.sort()).toEqual([twoContacts.who, twoUsers.who, conflict.who].sort());

	// Somebody else looks at the same conflict
	const other = await form.another();
	await other.about(conflict.who);
	const elsewhere = await fetch(other.page.url(), { redirect: 'manual' });
	expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([
		302,
		expect.stringContaining('/signin'),
	]);

	await form.about(conflict.who);
	expect(await form.title()).toBe(conflict.who);
	expect(await form.text()).toContain('in.wix@example.org');
	expect(await form.text()).toContain('in.youtrack@example.org');
	expect(await form.choices()).toEqual([...conflict.answers.split('\n'), 'Later', 'Finish']);
	await form.choose(/^wixWins:/);
	expect(await form.title()).toBe('Thank you');
	expect(await form.text()).not.toContain('Not saved');
	await other.choose(/^usersWin:/);
	expect(await other.text()).toContain('Not saved: the question changed');

	// Everybody else, one after the other: the older question first
	await form.start();
	await form.about();
	const [right] = ids(twoContacts.wixIds).slice(1);
	for (let page = 0; page < 2; page++) {
		const title = await form.title();
		expect([twoContacts.who, twoUsers.who]).toContain(title);
		if (title === twoUsers.who) await form.choose(/^Later$/);
		else {
			expect(await form.text()).toContain(HOSTILE);
			expect(await form.page.locator('form img, form b, .header img').count()).toBe(0);
			expect(await form.page.title()).not.toBe('run');
			await form.choose(new RegExp(`^link ${right} ${twoContacts.userIds}:`));
		}
	}
	expect(await form.title()).toBe('Thank you');
	const answered = (await questions()).filter(({ answer }) => Boolean(answer));
	expect(answered.map(({ who, answer }) => [who, answer?.replace(/[ :].*/s, '')]).sort()).toEqual(
		[
			[conflict.who, 'wixWins'],
			[twoContacts.who, 'link'],
		].sort(),
	);

	expect(await sync()).toMatchObject({
		failure: undefined,
		planned: { 'update users': 1 },
		review: { ambiguous: 1 },
		written: { wix: 0, users: 1 },
	});
	const { links, users, wix, review } = await around();
	expect(systems.youTrack.addressOf(users.get(pair.userId))).toBe('in.wix@example.org');
	expect(wixAddress(wix.get(pair.wixId))).toBe('in.wix@example.org');
	const rowOf = (wixId: string | undefined) => links.filter((link) => link.wixId === wixId);
	expect(rowOf(ids(twoContacts.wixIds)[0])).toEqual([]);
	expect(rowOf(right)).toMatchObject([{ state: 'linked', userId: twoContacts.userIds }]);
	expect(review.map(({ who }) => who)).toEqual([twoUsers.who]);

	// A single question is asked at once, until nothing waits
	await form.start();
	expect(await form.title()).toBe(twoUsers.who);
	await form.choose(/^Finish$/);
	expect(await form.title()).toBe('Thank you');
	expect((await questions()).filter(({ state }) => state === 'open')).toMatchObject([
		{ who: twoUsers.who },
	]);
});

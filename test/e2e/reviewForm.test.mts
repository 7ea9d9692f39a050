import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { runOnce } from '../../sandbox/demo/run.mts';
import { sandboxAccounts } from '../../sandbox/demo/sandboxServers.mts';
import { systems, USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate, importFile } from '../../sandbox/demo/template.mts';
import { lookAround, type LinkRow, type ReviewRow } from '../../sandbox/demo/world.mts';
import { setStage, type Stage } from './n8n.mts';
import { ReviewForm } from './reviewForm.mts';

const PATH = 'wix-user-sync-review';
const HOSTILE = `<img src=x onerror="document.title='run'"><b>$& {{ 7*7 }}</b>`;

let stage: Stage;
afterEach(async () => await stage.cleanup.run());

const sync = async () => await runOnce(stage.calls, stage.workflowId, stage.servers);
const around = async () => await lookAround(stage.servers, stage.calls);
const ids = (text: string | null) => String(text ?? '').split(', ');

interface Scene {
	pair: LinkRow;
	/** Two contacts and one user. */
	twoContacts: ReviewRow;
	/** One contact and two users, of which the second is gone by now. */
	twoUsers: ReviewRow;
}

/** One conflict, and two matters of doubled records, one with a name that is no name. */
async function setScene(): Promise<Scene> {
	const { wix, users } = stage.servers;
	await sync();
	const { links, review } = await around();
	const twoContacts = review.find((matter) => ids(matter.wixIds).length === 2);
	const twoUsers = review.find((matter) => ids(matter.userIds).length === 2);
	const pair = links.find(({ state }) => state === 'linked');
	if (!pair || !twoContacts || !twoUsers) throw new Error('Other people than expected');
	await wix.edit(pair.wixId, 'primaryInfo.email', 'in.wix@example.org');
	await users.edit(pair.userId, USER_EMAIL, 'in.youtrack@example.org');
	await wix.edit(ids(twoContacts.wixIds)[1] ?? '', 'info.name.first', HOSTILE);
	expect((await sync()).review).toEqual({ ambiguous: 2, bothEdited: 1 });
	await users.remove(ids(twoUsers.userIds)[1] ?? '');
	return { pair, twoContacts, twoUsers };
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
	const { pair, twoContacts, twoUsers } = await setScene();
	const accounts = sandboxAccounts(sandbox, systems.youTrack);
	await activate(calls, await importFile(calls, accounts, 'templates/review-and-decide.json'));

	const closed = await whenOpen(`${server.url}/form/${PATH}`);
	expect([closed.status, closed.headers.get('location')]).toEqual([
		302,
		expect.stringContaining('/oauth/authorize'),
	]);

	const form = await ReviewForm.open(stage, PATH, cleanup);
	const listed = await form.choices();
	expect(listed.map((choice) => choice.replace(/ · .*/, ''))).toEqual([
		'1. Not certain who is who',
		'2. Not certain who is who',
		'3. Edited on both sides',
		'Finish',
	]);

	// Somebody else looks at the same conflict
	const other = await form.another();
	await other.choose(/Edited on both sides/);
	const elsewhere = await fetch(other.page.url(), { redirect: 'manual' });
	expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([
		302,
		expect.stringContaining('/signin'),
	]);

	await form.choose(/Edited on both sides/);
	expect(await form.text()).toContain('in.wix@example.org');
	expect(await form.text()).toContain('in.youtrack@example.org');
	await form.choose(/Wix is right/);
	expect(await form.text()).toContain('Saved: Wix is right');
	await other.choose(/user is right/);
	expect(await other.text()).toContain('Nothing was saved: the matter is settled already');

	await form.choose(/2 Wix records/);
	expect(await form.text()).toContain(HOSTILE);
	expect(await form.page.locator('td img, td b').count()).toBe(0);
	expect(await form.page.title()).not.toBe('run');
	await form.choose(/The same person: link Wix 2 and User 1/);

	await form.choose(/2 users/);
	expect(await form.text()).toContain('gone: it is no longer there');
	await form.choose(/never link Wix 1 and User 1/);
	expect(await form.text()).toContain('Nothing waits for you');
	expect(await form.text()).toContain('are kept apart');
	expect(await readTable(calls, 'wix_user_sync_review')).toEqual([]);

	expect(await sync()).toMatchObject({
		failure: undefined,
		planned: { 'update users': 1 },
		review: {},
		written: { wix: 0, users: 1 },
	});
	const { links, users, wix } = await around();
	expect(systems.youTrack.addressOf(users.get(pair.userId))).toBe('in.wix@example.org');
	expect(wixAddress(wix.get(pair.wixId))).toBe('in.wix@example.org');
	const rowOf = (wixId: string | undefined) => links.filter((link) => link.wixId === wixId);
	const [left, right] = ids(twoContacts.wixIds);
	expect(rowOf(left)).toEqual([]);
	expect(rowOf(right)).toMatchObject([{ state: 'linked', userId: twoContacts.userIds }]);
	expect(rowOf(ids(twoUsers.wixIds)[0])).toMatchObject([
		{ state: 'keepApart', userId: ids(twoUsers.userIds)[0] },
	]);
	const past = await readTable(calls, 'wix_user_sync_history');
	const decided = past.filter(({ outcome }) => outcome === 'decided');
	expect(decided.map(({ newValue }) => newValue)).toEqual(['wixWins', 'link', 'apart']);
});

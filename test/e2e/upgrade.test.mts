import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleOnBothSides } from '../../bench/lib/dayEdits.mts';
import { addRows } from '../../runtime/dataTables.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { forReal, importFile } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, type LinkRow } from '../../sandbox/demo/world.mts';
import { linksOf, openBench, run, settle, startAfresh, type Bench } from './workflows.mts';

const HERE = join(process.cwd(), 'test', 'upgrade');
const FILE = 'sync-wix-contacts-and-users.json';

type Kinds = Record<'settled' | 'announced' | 'keptApart' | 'ignored', LinkRow>;

/** A workflow and rows as people have them in their n8n. */
interface Release {
	version: string;
	workflow: string;
	kinds: Kinds;
}

const releaseIn = (version: string, folder: string, workflow: string): Release => ({
	version,
	workflow,
	kinds: JSON.parse(readFileSync(join(folder, 'links.json'), 'utf8')) as Kinds,
});

const folders = readdirSync(HERE, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name)
	.sort();

const releases: Release[] = [
	releaseIn('the next release', HERE, join(process.cwd(), 'templates', FILE)),
	...folders.map((version) => releaseIn(version, join(HERE, version), join(HERE, version, FILE))),
];

interface Pair {
	wixId: string;
	userId: string;
	email: string;
	newEmail: string;
}

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(40);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

/** People who are on both sides with the very same address, which nobody else has. */
async function pairs(): Promise<Pair[]> {
	const { wix, users, system } = bench.servers;
	const people = await peopleOnBothSides(bench.servers, 1);
	const [contacts, accounts] = [await wix.records(), await users.records()];
	return people.flatMap((person) => {
		const email = wixAddress(contacts.get(person.wixId));
		const isSame = system.addressOf(accounts.get(person.userId)) === email;
		return isSame ? [{ ...person, email, newEmail: `new.${email}` }] : [];
	});
}

const filledIn = (row: LinkRow, pair: Pair): LinkRow =>
	Object.fromEntries(
		Object.entries(row).map(([column, text]) => [
			column,
			String(text).replace(/\{(\w+)\}/g, (whole, name) =>
				name === 'now' ? new Date().toISOString() : (pair[name as keyof Pair] ?? whole),
			),
		]),
	) as unknown as LinkRow;

async function heldBy({
	wixId,
	userId,
}: Pick<Pair, 'wixId' | 'userId'>): Promise<[wix?: string, user?: string]> {
	const { wix, users, system } = bench.servers;
	const contact = (await wix.records()).get(wixId);
	return [wixAddress(contact), system.addressOf((await users.records()).get(userId))];
}

it('has a folder for each version that is published', () => {
	const changelog = readFileSync(join(process.cwd(), 'CHANGELOG.md'), 'utf8');
	const published = [...changelog.matchAll(/^## (\S+) \(\d{4}-\d\d-\d\d\)$/gm)].map(
		([, version]) => version,
	);
	expect(folders).toEqual(published.sort());
});

it.each(releases)('goes on with what people have of $version', async ({ workflow, kinds }) => {
	const { calls, accounts, servers } = bench;
	const rowFor = (kind: keyof Kinds, pair: Pair) => filledIn(kinds[kind], pair);
	await run(bench, await importFile(calls, accounts, workflow));
	expect(await linksOf(bench)).toEqual([]);

	const [settled, inWix, onUser, announced, keptApart, ignored] = await pairs();
	if (!settled || !inWix || !onUser || !announced || !keptApart || !ignored)
		throw new Error('Too few people on both sides.');
	const rows = [
		rowFor('settled', settled),
		rowFor('settled', inWix),
		rowFor('settled', onUser),
		rowFor('announced', announced),
		rowFor('keptApart', keptApart),
		rowFor('ignored', ignored),
	];
	await addRows(calls, LINKS_TABLE, rows);
	for (const pair of [inWix, announced, keptApart, ignored]) {
		await servers.wix.edit(pair.wixId, 'primaryInfo.email', pair.newEmail);
	}
	await servers.users.edit(onUser.userId, USER_EMAIL, onUser.newEmail);

	const sync = await importFile(calls, accounts, workflow, forReal);
	await settle(bench, sync);

	const saved = new Map((await linksOf(bench)).map((row) => [row.linkId, row]));
	const savedFor = ({ wixId, userId }: Pair) => saved.get(`contacts:${wixId}:${userId}`);
	for (const [pair, row] of [
		[settled, rows[0]],
		[keptApart, rows[4]],
		[ignored, rows[5]],
	] as const) {
		expect(savedFor(pair)).toMatchObject(row as LinkRow);
	}
	for (const pair of [inWix, onUser, announced]) {
		expect(await heldBy(pair)).toEqual([pair.newEmail, pair.newEmail]);
		expect(savedFor(pair)).toMatchObject({ state: 'linked', pending: '' });
	}
	for (const pair of [keptApart, ignored]) {
		expect(await heldBy(pair)).toEqual([pair.newEmail, pair.email]);
	}
	// Nobody was linked a second time
	const ids = [...saved.values()].flatMap(({ wixId, userId }) => [wixId, userId]);
	expect(new Set(ids).size).toBe(ids.length);
});

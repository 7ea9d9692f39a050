import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { wixAddress, sameAddress } from '../../sandbox/demo/records.mts';
import { sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { systems } from '../../sandbox/demo/system.mts';
import type { Servers } from '../../sandbox/demo/world.mts';
import { runDemo } from './demo.mts';

let sandbox: Sandbox;
let servers: Servers;

beforeEach(async () => {
	sandbox = await startSandbox({ people: 60, seed: 3 });
	servers = sandboxServers(sandbox, systems.youTrack);
});
afterEach(async () => await sandbox.close());

/** A person's own accounts, but for the addresses of the servers. */
const accounts = (changes: Record<string, string> = {}) => ({
	WIX_API_KEY: 'a-key-that-must-not-show',
	WIX_SITE_ID: 'my-site',
	WIX_BASE_URL: sandbox.wixUrl,
	YOUTRACK_URL: sandbox.youTrackUrl,
	YOUTRACK_TOKEN: 'a-token-that-must-not-show',
	...changes,
});

const requests = async () => await Promise.all([servers.wix.requests(), servers.users.requests()]);
const writes = async () => (await requests()).map((counted) => counted.writes);

describe('real accounts', () => {
	it('are read and planned for, not written, without --write', async () => {
		const demo = await runDemo(['--once'], { env: accounts() });
		expect(demo.output).toContain('Preview of the real accounts');
		expect(demo.code).toBe(0);
		const counts = (demo.result?.run as { counts: Record<string, number> }).counts;
		expect(counts.linkedNow).toBeGreaterThan(0);
		for (const { total } of await requests()) expect(total).toBeGreaterThan(0);
		expect(await writes()).toEqual([0, 0]);
		expect(demo.output).not.toContain('must-not-show');
	});

	it('are not even started with --write unless the word is typed', async () => {
		const demo = await runDemo(['--once', '--write'], { env: accounts(), input: 'no\n' });
		expect(demo.code).toBe(2);
		expect(demo.output).toContain('Not confirmed');
		expect((await servers.wix.requests()).total).toBe(0);
	});

	it('end with 1 and a message without the key when the key is wrong', async () => {
		const demo = await runDemo(['--once'], { env: accounts({ WIX_API_KEY: 'invalid' }) });
		expect(demo.code).toBe(1);
		expect(demo.output).toContain('Get Wix contacts');
		expect(demo.output).not.toContain('must-not-show');
	});
});

describe('--write', () => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'kept-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const write = async () =>
		await runDemo(['--once', '--write', '--folder', folder], {
			env: accounts(),
			input: 'write\n',
		});

	it('remembers the links for the next time, and then writes what was edited', async () => {
		const first = await write();
		expect(first.output).toContain('Writing to the real accounts');
		expect(first.code).toBe(0);

		const { addressOf } = systems.youTrack;
		const users = [...(await servers.users.records()).values()];
		const pair = [...(await servers.wix.records()).values()]
			.map((contact) => ({
				contact,
				matches: users.filter((user) => sameAddress(addressOf(user), wixAddress(contact))),
			}))
			.find(({ contact, matches }) => wixAddress(contact) !== '' && matches.length === 1);
		const contactId = String(pair?.contact.id);
		const userId = String(pair?.matches[0]?.id);
		await servers.wix.edit(contactId, 'primaryInfo.email', 'edited@example.org');

		const second = await write();
		expect(second.code).toBe(0);
		expect(addressOf((await servers.users.records()).get(userId))).toBe('edited@example.org');
		expect(await writes()).toEqual([0, 1]);
	});
});

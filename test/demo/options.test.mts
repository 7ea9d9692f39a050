import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { realAccounts } from '../../sandbox/demo/accounts.mts';
import { builtInDay } from '../../sandbox/demo/day.mts';
import { changingLogins, flows } from '../../sandbox/demo/flow.mts';
import { parseOptions } from '../../sandbox/demo/options.mts';
import { confirmWrite } from '../../sandbox/demo/realRun.mts';
import { systems } from '../../sandbox/demo/system.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'demo-options-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
	it('plays the built-in day with 5,000 people and YouTrack on the usual port', () => {
		expect(parseOptions([])).toMatchObject({
			once: false,
			people: 5000,
			port: 5678,
			keep: false,
			write: false,
			flow: flows.contacts,
			system: systems.youTrack,
			steps: builtInDay('contacts', systems.youTrack),
		});
	});

	it('takes any free port when it ends by itself', () => {
		const options = parseOptions(['--once', '--people', '60', '--seed=7', '--keep']);
		expect(options).toMatchObject({ once: true, people: 60, seed: 7, port: 0, keep: true });
	});

	it('plays the members’ day on request, with or without changing login emails', () => {
		const members = parseOptions(['--once', '--members']);
		expect(members).toMatchObject({
			flow: flows.members,
			steps: builtInDay('members', systems.youTrack),
		});
		expect(members).not.toHaveProperty('flow.writeOptions');
		expect(parseOptions(['--members', '--change-logins'])).toMatchObject({
			flow: changingLogins,
			steps: builtInDay('members', systems.youTrack),
		});
	});

	it.each(Object.values(systems))('plays it with the users of $title', (system) => {
		const options = parseOptions(['--system', system.name]);
		expect(options).toMatchObject({ system, steps: builtInDay('contacts', system) });
		const titles = builtInDay('members', system).map(({ title }) => title);
		expect(titles).toContain(`A user is deleted in ${system.title}`);
	});

	it.each([
		[['--system', 'Okta'], '--system must be one of youTrack, okta, scim, not "Okta"'],
		[['--change-logins'], 'give --members, too'],
		[['--poeple', '5'], '--poeple'],
		[['--people', 'many'], '--people must be a whole number'],
		[['--people', '-1'], '--people'],
		[['--scenario', '/nowhere/day.json'], '/nowhere/day.json cannot be read'],
		[['stray'], 'stray'],
	])('refuses %j', (commandLine, message) => {
		expect(() => parseOptions(commandLine)).toThrow(message);
	});
});

describe.each(Object.values(systems))('real accounts of Wix and $title', (system) => {
	const { url, token } = system.variables;
	const all = { WIX_API_KEY: 'k', WIX_SITE_ID: 's', [url]: 'https://u.example', [token]: 't' };
	const none = () => join(folder, 'no.env');

	it('are used when all four are named, else the sandbox is', () => {
		expect(realAccounts(system, {}, none())).toBeUndefined();
		expect(realAccounts(system, all, none())).toEqual({
			wix: { apiKey: 'k', siteId: 's', baseUrl: undefined },
			users: { system, url: 'https://u.example', token: 't' },
		});
	});

	it('may stand in a .env file; the environment wins', () => {
		const file = join(folder, '.env');
		const lines = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
		writeFileSync(file, lines.join('\n'));
		expect(realAccounts(system, { [token]: 'other' }, file)).toMatchObject({
			wix: { apiKey: 'k' },
			users: { url: 'https://u.example', token: 'other' },
		});
	});

	it('must be complete, and what is missing is named without what is there', () => {
		const some = { WIX_API_KEY: 'secret-key', [url]: 'https://u.example' };
		const read = () => realAccounts(system, some, none());
		expect(read).toThrow(`WIX_SITE_ID and ${token} must be set`);
		expect(read).not.toThrow(/secret-key/);
	});

	it('are not those of another system', () => {
		const others = Object.values(systems).filter((other) => other !== system);
		for (const other of others)
			expect(() => realAccounts(other, all, none())).toThrow(other.variables.url);
	});
});

describe('the confirmation', () => {
	const answer = async (text: string) => {
		const input = new PassThrough();
		input.end(text);
		return await confirmWrite(input, new PassThrough());
	};

	it('is the word "write" and nothing else', async () => {
		expect(await answer('write\n')).toBe(true);
		expect(await answer('yes\n')).toBe(false);
		expect(await answer('\nwrite\n')).toBe(false);
		expect(await answer('')).toBe(false);
	});
});

import TokenValidator from '@jetbrains/ring-ui-built/components/auth/token-validator';
import { createHubUserCardSource } from '@jetbrains/ring-ui-built/components/hub-source/hub-source-user';
import HubSourceUsersGroups from '@jetbrains/ring-ui-built/components/hub-source/hub-source-users-groups';
import HubSource from '@jetbrains/ring-ui-built/components/hub-source/hub-source';
import HTTP, { HTTPError } from '@jetbrains/ring-ui-built/components/http/http';
import { atLeast, entryAt } from '../../runtime/entries.mts';
import { runNode } from '../nodes/harness.mts';
import { startWorld, type World } from './harness.mts';

interface HubUser {
	id: string;
	login: string;
	name: string;
	profile?: { email?: { email?: string } };
}
type Auth = ConstructorParameters<typeof HubSource>[0];

let world: World;
beforeAll(async () => {
	world = await startWorld({ people: 150 });
});
afterAll(async () => await world.close());

/** What JetBrains' client wants to know of whoever is signed in: here a permanent token, or one after another. */
class Tokens {
	/** By which codes of an error it knows that another token may do. */
	static readonly shouldRefreshToken = (error: string) => TokenValidator.shouldRefreshToken(error);

	readonly asked: string[] = [];

	constructor(private readonly tokens: string[]) {}

	async requestToken(): Promise<string> {
		return await Promise.resolve(this.take());
	}

	async forceTokenUpdate(): Promise<string> {
		return await Promise.resolve(this.take());
	}

	private take(): string {
		const token = this.tokens[this.asked.length] ?? '';
		this.asked.push(token);
		return token;
	}
}

const hub = () => `${world.sandbox.youTrackUrl}/hub/`;
const always = (token: string) => new Tokens(Array.from({ length: 100 }, () => token));
const httpFor = (tokens: Tokens) => new HTTP(tokens, `${hub()}api/rest/`);
const authFor = (tokens: Tokens) =>
	Object.assign(tokens, {
		http: httpFor(tokens),
		config: { serverUri: hub() },
	}) as unknown as Auth;

describe('HubSource of JetBrains', () => {
	it('pages through all users, and finds the ones that our node lists', async () => {
		const http = httpFor(always('token'));
		const source = new HubSource<HubUser, 'users'>({ http } as Auth, 'users', {
			searchMax: 40,
			searchSideThreshold: 1,
		});
		const seen: HubUser[] = [];
		for (let skip = 0; ; skip += 40) {
			const fields = 'id,login,name,total,profile/email/email';
			const page = await source.get('', { fields, orderBy: 'id', $skip: skip });
			seen.push(...page);
			if (page.length < 40) break;
		}
		expect(source.isClientSideSearch).toBe(false);
		expect(source.storedData?.total).toBe(seen.length);

		const { json } = await runNode(
			{
				type: 'n8n-nodes-wix-user-sync.targetUsers',
				parameters: {
					system: 'youTrack',
					resource: 'user',
					operation: 'getAll',
					returnAll: true,
					filters: { includeGuests: true },
				},
			},
			{ youTrackHubApi: { url: world.sandbox.youTrackUrl, token: 'token' } },
		);
		const plain = ({ id, login, name, profile }: HubUser) => [
			id,
			login,
			name,
			profile?.email?.email,
		];
		expect(json.length).toBeGreaterThan(100);
		expect(seen.map(plain)).toEqual((json as unknown as HubUser[]).map(plain));
	});

	it('reads all at once where the total is small, and filters by itself', async () => {
		const source = new HubSource<HubUser, 'users'>(authFor(always('token')), 'users', {
			searchMax: 1000,
			searchSideThreshold: 1000,
		});
		const all = await source.get('', { fields: 'id,name,total' });
		expect(source.isClientSideSearch).toBe(true);
		expect(all).toHaveLength(source.storedData?.total ?? -1);
		const [{ name }] = atLeast(all, 1);
		const found = await source.get(name, { fields: 'id,name,total' });
		expect(found.map((user) => user.name)).toContain(name);
		expect(found.length).toBeLessThan(all.length);
	});

	it('searches for users as its pickers do, one word or several', async () => {
		const listed = await world.users('GET', '?fields=id,login,name&$top=5&orderBy=name:desc');
		const [{ name }] = atLeast(listed.body.users as unknown as HubUser[], 1);
		const picker = new HubSourceUsersGroups(authFor(always('token')), { searchSideThreshold: 1 });
		expect(name).toMatch(/\s/);
		for (const typed of [name, entryAt(name.split(/\s+/), 0)]) {
			const users = await picker.getUsers(typed);
			expect(users.length).toBeGreaterThan(0);
			for (const user of users) {
				expect(`${user.name} ${user.login}`.toLowerCase()).toContain(typed.toLowerCase());
			}
		}
	});

	it('shows one user on a card', async () => {
		const listed = await world.users('GET', '?query=is: banned&$top=1&fields=id,login,name');
		const [banned] = atLeast(listed.body.users as unknown as HubUser[], 1);
		const card = await createHubUserCardSource(authFor(always('token')), banned.id)();
		expect(card).toMatchObject({ name: banned.name, login: banned.login, banned: true });
	});
});

describe('HTTP of JetBrains', () => {
	it('reads an error of the sandbox: its status, code and text', async () => {
		const failed = httpFor(always('token')).get('users/nobody', { query: { fields: 'id' } });
		await expect(failed).rejects.toBeInstanceOf(HTTPError);
		await expect(failed).rejects.toMatchObject({
			status: 404,
			data: { error: 'Not Found', error_description: expect.stringContaining('nobody') as string },
		});
		const shoes = httpFor(always('token')).get('users', { query: { query: 'shoeSize: 3' } });
		await expect(shoes).rejects.toMatchObject({ status: 400, data: { error: 'Bad Request' } });
	});

	it('takes another token when the sandbox says that this one is not valid, and none when it lacks permission', async () => {
		const tokens = new Tokens(['invalid', 'token']);
		const me = await httpFor(tokens).get<HubUser>('users/me', { query: { fields: 'id,login' } });
		expect(me.login).toBe('sync.service');
		expect(tokens.asked).toEqual(['invalid', 'token']);

		const forbidden = new Tokens(['forbidden', 'token']);
		await expect(httpFor(forbidden).get('users/me')).rejects.toMatchObject({ status: 403 });
		expect(forbidden.asked).toEqual(['forbidden']);
	});

	it('creates, reads and changes a user', async () => {
		const http = httpFor(always('token'));
		const query = { fields: 'id,name,profile(email(email,verified))' };
		const made = await http.post<HubUser>('users', {
			body: { login: 'ring', name: 'Ring' },
			query,
		});
		const profile = { email: { type: 'EmailJSON', email: 'ring@example.com' } };
		await http.post(`users/${made.id}`, { body: { profile } });
		const read = await http.get<HubUser>(`users/${made.id}`, { query });
		expect(read).toMatchObject({
			id: made.id,
			name: 'Ring',
			profile: { email: { email: 'ring@example.com', verified: false } },
		});
	});
});

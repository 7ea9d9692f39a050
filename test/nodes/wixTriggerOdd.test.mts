import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import type { Caller } from '../../nodes/shared/apiTypes';
import { wixApi } from '../../nodes/WixCrm/transport';
import { freshWorld } from './freshWorld.mts';
import { pollContextFor } from './harness.mts';
import type { Fate, Passing } from './proxy.mts';
import { throughProxy } from './world.mts';

const { world } = freshWorld(async ({ wix }) => await wix.reset());

/** One poll of a trigger that n8n keeps `kept` for. */
async function poll(event: string, mode: 'trigger' | 'manual', kept: IDataObject = {}) {
	const node = {
		type: 'n8n-nodes-wix-user-sync.wixCrmTrigger',
		parameters: { event, output: 'full', options: {} } as never,
	};
	const context = pollContextFor(node, world().credentials, kept, mode);
	const outputs = await new WixCrmTrigger().poll.call(context);
	return outputs?.[0]?.map(({ json }) => json.id) ?? null;
}
const behind = async <T,>(decide: (call: Passing) => Fate, work: () => Promise<T>) =>
	await throughProxy(world(), 'wix', decide, work);
const contact = (id: string) => ({ id, info: { name: { first: id } } });

test('an event that is none counts as any change of a contact', async () => {
	await world().wix.put({ contacts: [contact('c1')], members: [] });
	expect(await poll("={{ 'somethingElse' }}", 'manual')).toEqual(['c1']);
});

describe('a test in the editor', () => {
	test('shows a member also where Wix refuses to sort them', async () => {
		await world().wix.put({
			contacts: [],
			members: [{ id: 'm1', loginEmail: 'a@example.com', profile: { nickname: 'a' } }],
		});
		const decide = ({ body }: Passing): Fate =>
			body.includes('"sorting"')
				? { status: 400, body: '{"message":"no","details":{}}' }
				: undefined;
		expect(await behind(decide, async () => await poll('memberUpdated', 'manual'))).toEqual(['m1']);
	});

	test.each(['memberUpdated', 'contactUpdated'])('of %s tells a refusal', async (event) => {
		const decide = (): Fate => ({ status: 400, body: '{"message":"no","details":{}}' });
		await expect(behind(decide, async () => await poll(event, 'manual'))).rejects.toMatchObject({
			httpCode: '400',
		});
	});
});

describe('switching on', () => {
	test('fails where Wix cannot be reached', async () => {
		await expect(
			behind(
				() => 'dropBefore',
				async () => await poll('contactChanged', 'trigger'),
			),
		).rejects.toThrow(/Wix/);
	});

	test('goes by the clock of this computer where Wix does not tell the time', async () => {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			response.sendDate = false;
			let body = '';
			request.on('data', (part: Buffer) => (body += part.toString()));
			request.on('end', () => {
				asked.push(body);
				response.end('{"contacts":[],"pagingMetadata":{"total":0}}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const direct = valueNamed(world().credentials, 'wixCrmApi');
		world().credentials.wixCrmApi = { ...direct, baseUrl: `http://127.0.0.1:${port}` };
		const kept: IDataObject = {};
		expect(await poll('contactChanged', 'trigger', kept)).toBeNull();
		world().credentials.wixCrmApi = direct;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		// The clock of these tests stands at 10:00
		expect(asked.at(-1)).toContain('2026-11-23T09:');
	});
});

test.each<[string, IDataObject]>([
	['not advanced', { baseUrl: 'https://elsewhere.example' }],
	['advanced, and left empty', { advanced: true, baseUrl: ' ' }],
	['advanced, without one', { advanced: true }],
])('a credential that is %s leads to Wix itself', async (_, credential) => {
	const urls: string[] = [];
	const caller = {
		getNode: () => ({ name: 'Node', parameters: {} }),
		getCredentials: async () => await Promise.resolve(credential),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
				urls.push(url);
				return await Promise.resolve({ statusCode: 200, headers: {}, body: '{}' });
			},
		},
	} as unknown as Caller;
	const api = await wixApi(caller);
	await api.ask({ method: 'GET', path: '/contacts/v4/contacts', repeatable: true });
	expect(urls).toEqual(['https://www.wixapis.com/contacts/v4/contacts']);
});

import { listAt } from './harness.mts';
import {
	resetWebhookWorld,
	startWebhookWorld,
	unpacked,
	type WebhookWorld,
} from './webhookWorld.mts';

let world: WebhookWorld;
beforeAll(async () => {
	world = await startWebhookWorld();
});
afterAll(() => world.close());
beforeEach(() => resetWebhookWorld(world));

const minute = 60_000;
const hour = 60 * minute;
/** As documented: https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks */
const plan = [1, 10, 60, 120, 120, 120, 240, 240, 240, 480, 480, 720].map((one) => one * minute);

const edit = (id: string, value: string) =>
	world.wixControl('POST', '/edit', { id, path: 'info.name.first', value });

const sequences = () =>
	world.receiver.received.map(({ body }) => Number(unpacked(body).event.entityEventSequence));

describe('what is not taken', () => {
	it('goes out again by the plan, twelve times, each time as it was, and then no more', async () => {
		await world.declare();
		world.receiver.react(() => 500);
		await world.contact('ada@example.com');
		expect(await world.deliveries()).toHaveLength(1);
		for (const [index, delay] of plan.entries()) {
			await world.clock(delay - 10_000);
			expect(world.receiver.received).toHaveLength(index + 1);
			await world.clock(10_000);
			expect(world.receiver.received).toHaveLength(index + 2);
		}
		await world.clock(100 * hour);
		expect(world.receiver.received).toHaveLength(13);
		const events = world.receiver.received.map(({ body }) => unpacked(body).envelope.data);
		expect(new Set(events).size).toBe(1);
		const log = await world.deliveries();
		expect(log.map(({ attempt, status }) => [attempt, status])).toEqual(
			Array.from({ length: 13 }, (_, index) => [index + 1, 500]),
		);
	});

	it('has gone through all its resends after a jump of two days', async () => {
		await world.declare();
		world.receiver.react(() => 404);
		await world.contact('ada@example.com');
		await world.clock(48 * hour);
		const due = (await world.deliveries()).map(({ dueAt }) => Date.parse(String(dueAt)));
		const gaps = due.slice(1).map((at, index) => at - (due[index] ?? 0));
		expect(gaps).toEqual(plan);
	});

	it('is sent until it is taken', async () => {
		await world.declare();
		world.receiver.react(() => (world.receiver.received.length < 3 ? 401 : 200));
		await world.contact('ada@example.com');
		await world.clock(48 * hour);
		const log = await world.deliveries();
		expect(log.map(({ status }) => status)).toEqual([401, 401, 200]);
		expect((await world.wixControl('GET', '/webhooks')).at('waiting')).toEqual([]);
	});

	it.each([
		['another success', 204],
		['a redirect', 302],
	])('is what gets %s', async (_, status) => {
		await world.declare();
		world.receiver.react(() => status);
		await world.contact('ada@example.com');
		const [delivery] = await world.deliveries();
		expect(delivery).toMatchObject({ status });
		const waiting = listAt(await world.wixControl('GET', '/webhooks'), 'waiting');
		expect(waiting).toMatchObject([{ attempt: 2, eventId: delivery?.eventId }]);
	});

	it('is what gets no answer in time', async () => {
		await world.declare();
		world.receiver.react(() => 'silence');
		await world.contact('ada@example.com');
		const [delivery] = await world.deliveries();
		expect(delivery).toMatchObject({ status: null, attempt: 1 });
		expect(delivery?.ms).toBeGreaterThanOrEqual(1240);
		world.receiver.react(() => 200);
		await world.clock(minute);
		expect((await world.deliveries()).map(({ status }) => status)).toEqual([null, 200]);
	});

	it('is signed anew, so that it has not expired when it comes', async () => {
		await world.declare();
		world.receiver.react(() => (world.receiver.received.length < 5 ? 500 : 200));
		await world.contact('ada@example.com');
		await world.clock(6 * hour);
		const [first, ...later] = world.receiver.received.map(({ body }) => unpacked(body).claims);
		expect(later).toHaveLength(4);
		expect(Number(later.at(-1)?.iat)).toBeGreaterThan(Number(first?.exp));
	});
});

describe('the log', () => {
	it('tells each delivery, without what was in it', async () => {
		await world.declare();
		const entityId = await world.contact('ada@example.com');
		const log = await world.deliveries();
		expect(log).toEqual([
			{
				webhookId: expect.any(String),
				eventId: unpacked(String(world.receiver.received[0]?.body)).event.id,
				type: 'wix.contacts.v4.contact_created',
				entityId,
				attempt: 1,
				isDuplicate: false,
				dueAt: expect.any(String),
				status: 200,
				ms: expect.any(Number),
			},
		]);
		expect(JSON.stringify(log)).not.toContain('ada');
	});

	it('and everything declared is gone after a reset, or one callback when it is taken back', async () => {
		const { id } = await world.declare();
		await world.declare({ appId: 'other' });
		world.receiver.react(() => 500);
		await world.contact('ada@example.com');
		await world.deliveries();
		expect((await world.wixControl('POST', '/delete', { id: String(id) })).status).toBe(200);
		await world.clock(minute);
		// Two at first, then the resend of the one that is left
		expect(world.receiver.received).toHaveLength(3);
		await world.wixControl('POST', '/reset', {});
		await world.clock(48 * hour);
		expect(world.receiver.received).toHaveLength(3);
		const body = { webhooks: [], deliveries: [], waiting: [] };
		expect((await world.wixControl('GET', '/webhooks')).body).toEqual(body);
	});
});

describe('the switches', () => {
	const tenEdits = async () => {
		const id = await world.contact('ada@example.com');
		for (let number = 2; number <= 10; number++) await edit(id, `Ada ${number}`);
		await world.deliveries();
	};
	const inOrder = Array.from({ length: 10 }, (_, index) => index + 1);

	it('none: in order', async () => {
		await world.declare();
		await tenEdits();
		expect(sequences()).toEqual(inOrder);
	});

	it('webhookShuffle mixes the order, and loses and doubles nothing', async () => {
		await world.declare();
		await world.behave({ webhookShuffle: 7 });
		await tenEdits();
		await world.clock(minute);
		const came = sequences();
		expect(came).not.toEqual(inOrder);
		expect([...came].sort((a, b) => a - b)).toEqual(inOrder);
	});

	it('webhookDuplicates sends everything twice', async () => {
		await world.declare();
		await world.behave({ webhookDuplicates: true });
		await tenEdits();
		expect([...sequences()].sort((a, b) => a - b)).toEqual(inOrder.flatMap((one) => [one, one]));
		const ids = world.receiver.received.map(({ body }) => unpacked(body).event.id);
		expect(new Set(ids).size).toBe(10);
	});
});

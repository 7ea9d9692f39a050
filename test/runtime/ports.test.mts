import { createServer, type AddressInfo } from 'node:net';
import { freePort } from '../../runtime/ports.mts';

const listening = createServer();
beforeAll(async () => {
	await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
});
afterAll(() => listening.close());

it('gives ports that no outgoing call is given', async () => {
	const ports = await Promise.all(Array.from({ length: 20 }, async () => await freePort()));
	for (const port of ports) expect(port).toBeLessThan(32_768);
});

it('says so when the port that is wanted is in use', async () => {
	const { port } = listening.address() as AddressInfo;
	await expect(freePort(port)).rejects.toThrow(`Port ${port} is in use`);
});

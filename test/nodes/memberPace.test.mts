import { awaitTurn } from '../../nodes/WixCrm/records/memberPace';
import { clock } from '../../nodes/shared/clock';

afterEach(() => jest.restoreAllMocks());

it('lets a second pass between two turns of a site, and does not wait for a clock that was put back', async () => {
	let now = 10_000_000;
	jest.spyOn(clock, 'now').mockImplementation(() => now);
	const waits: number[] = [];
	jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
		waits.push(milliseconds);
		now += milliseconds;
	});

	await awaitTurn('one site');
	await awaitTurn('another site');
	expect(waits).toEqual([]);
	await awaitTurn('one site');
	expect(waits).toEqual([1_000]);

	now -= 3_600_000;
	await awaitTurn('one site');
	expect(waits).toEqual([1_000]);
	await awaitTurn('one site');
	expect(waits).toEqual([1_000, 1_000]);
});

import { run } from './builders.mts';

/** PostgreSQL's `integer`, the type of a row's id, ends here; it refuses to compare with more. */
const highestInteger = 2_147_483_647;

test('sweeps all removed rows by conditions that both databases take', () => {
	expect(run({}).report.sweep).toEqual({
		state: 'removed',
		fromId: 0,
		toId: highestInteger,
		savedUntil: '9999-12-31T23:59:59.999Z',
	});
});

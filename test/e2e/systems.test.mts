import { systems } from '../../sandbox/demo/system.mts';
import type { StepResult } from '../../sandbox/demo/play.mts';
import { runDemo } from './demo.mts';

type Counts = Record<string, number>;

function sum(counts: Counts[]): Counts {
	const total: Counts = {};
	for (const count of counts) {
		for (const [name, value] of Object.entries(count)) total[name] = (total[name] ?? 0) + value;
	}
	return total;
}

/** What the runs of a step did in all, and what waits for a person since its end. */
function done(result: Record<string, unknown> | undefined, title: string) {
	const step = (result?.steps as StepResult[]).find((each) => each.title === title);
	const runs = step?.runs ?? [];
	return {
		outcomes: sum(runs.map(({ outcomes }) => outcomes)),
		written: sum(runs.map(({ written }) => written)),
		review: runs.at(-1)?.review,
	};
}

describe('npm start -- --once --system', () => {
	it.each(Object.values(systems))('$name keeps both sides in sync', async ({ name, title }) => {
		const { code, result, output } = await runDemo(['--once', '--people', '60', '--system', name]);
		expect(output).toContain(`${title} users at`);
		expect(code).toBe(0);
		expect((result?.pairs as Counts).agree).toBeGreaterThan(40);
		expect(result).toMatchObject({
			system: name,
			pairs: { inReview: 2, differ: 0 },
			lastRunWrites: 0,
		});

		const toUsers = done(result, 'Three addresses are edited in Wix');
		expect(toUsers).toMatchObject({ outcomes: { applied: 3 }, written: { wix: 0, users: 3 } });
		const toWix = done(result, `Three addresses are edited in ${title}`);
		expect(toWix).toMatchObject({ outcomes: { applied: 3 }, written: { users: 0 } });
		const swap = done(result, 'Two users swap their addresses');
		expect(swap).toMatchObject({ outcomes: { applied: 2 }, written: { users: 0 } });
		const removal = done(result, `A user is deleted in ${title}`);
		expect(removal.outcomes).toEqual({ gone: 1 });
		expect(removal.review).toMatchObject({ bothEdited: 1, refused: 1, vanished: 1 });
	});
});

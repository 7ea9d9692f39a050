import { runDemo } from './demo.mts';

interface Played {
	title: string;
	runs: { written: { wix: number; users: number }; review: Record<string, number> }[];
}

const day = ['--once', '--people', '200', '--members'];

function atTheEndOf(result: Record<string, unknown> | undefined, words: string) {
	const step = (result?.steps as Played[]).find(({ title }) => title.includes(words));
	const written = step?.runs.reduce((sum, run) => sum + run.written.wix, 0);
	return { written, review: step?.runs.at(-1)?.review };
}

describe('npm start -- --once --members', () => {
	it('leaves what is edited in YouTrack for review, and nothing else apart', async () => {
		const demo = await runDemo(day);
		expect(demo.code).toBe(0);
		expect(demo.result).toMatchObject({ pairs: { differ: 0 }, lastRunWrites: 0 });
		const { written, review } = atTheEndOf(demo.result, 'edited in YouTrack');
		expect(written).toBe(0);
		expect(review).toMatchObject({ refused: 2 });
	});

	it('carries it over to Wix where a person switched that on and Wix permits it', async () => {
		const demo = await runDemo([...day, '--change-logins']);
		expect(demo.code).toBe(0);
		expect(demo.result).toMatchObject({ pairs: { differ: 0, inReview: 0 }, lastRunWrites: 0 });
		const { written, review } = atTheEndOf(demo.result, 'edited in YouTrack');
		expect(written).toBe(2);
		expect(review).not.toHaveProperty('refused');
	});
});

import { expectFinished, killMany, killRow, prepareKills, type KillResult } from './kills.mts';
import { sizesOf } from './sizes.mts';
import { openStage, type Stage } from './stage.mts';
import { printTable } from './tables.mts';

const { kills, seeds } = sizesOf();
let results: KillResult[] = [];
let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await stage.cleanup.run();
	printTable('Kills', results.map(killRow));
});

it(`${kills} kills: the next runs finish the work, nothing is doubled, nothing is lost`, async () => {
	const [seed = 1] = seeds;
	const pairs = await prepareKills(stage, seed, 200);
	results = await killMany(pairs, kills, seed, (kill) =>
		kill % 2 === 0 ? 'by hand' : 'on schedule',
	);
	expectFinished(results);
});

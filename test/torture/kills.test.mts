import { expectFinished, killMany, killRow, type KillResult } from './kills.mts';
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
	results = await killMany(stage, kills, seeds[0] ?? 1, 200, (kill) =>
		kill % 2 === 0 ? 'by hand' : 'on schedule',
	);
	expectFinished(results);
});

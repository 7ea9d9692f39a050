import { printTable } from './tables.mts';
import { sizesOf } from './sizes.mts';
import { expectCalm, storm, stormRow, type StormResult } from './storm.mts';
import { openStage, type Stage } from './stage.mts';

const { seeds, people } = sizesOf();
const results: StormResult[] = [];
let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await stage.cleanup.run();
	printTable('Storms of faults', results.map(stormRow));
});

it.each(seeds)('seed %i: the workflows converge after a storm', async (seed) => {
	const index = seeds.indexOf(seed);
	const result = await storm(stage, {
		seed,
		people,
		edits: 24,
		rounds: 4,
		// Every second storm is over contacts, members and users, and one of all makes users
		flows: index % 2 === 0 ? ['contacts'] : ['members', 'contacts'],
		creates: index === 0,
		oneByOne: index === 2,
	});
	results.push(result);
	expectCalm(result);
});

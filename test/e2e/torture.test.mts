import type { EditedPairs } from '../torture/editedPairs.mts';
import { expectFinished, killAtWrite, prepareKills } from '../torture/kills.mts';
import { openStage, type Stage } from '../torture/stage.mts';
import { expectCalm, storm } from '../torture/storm.mts';
import { editInTheMiddle, startTwiceByHand } from '../torture/twoRuns.mts';

/** A small part of `npm run torture`, on one n8n: a storm, two runs at once, two kills, an edit in the middle of a run. */
const SEED = 1;
let stage: Stage;
let pairs: EditedPairs;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.cleanup.run());

it('after a storm of every kind of fault both sides agree: no edit is lost, nobody is made twice', async () => {
	const plan = { seed: SEED, people: 80, edits: 8, rounds: 2 };
	expectCalm(await storm(stage, { ...plan, flows: ['contacts'], creates: true, oneByOne: true }));
});

describe('people who are linked and edited', () => {
	beforeAll(async () => {
		pairs = await prepareKills(stage, SEED, 100);
	});

	it('two runs that are started at the same moment double nothing and lose nothing', async () => {
		const fine = { doubles: 0, lost: 0, sideBySide: 2 };
		expect(await startTwiceByHand(pairs)).toMatchObject(fine);
	});

	it('runs that are killed are finished by the next ones, on schedule as well as by hand', async () => {
		const onSchedule = await killAtWrite(pairs, 0, 'on schedule', 1);
		const byHand = await killAtWrite(pairs, 1, 'by hand', 4);
		expectFinished([onSchedule, byHand]);
	});

	it('what a person enters while a run writes stays', async () => {
		const { entered, held } = await editInTheMiddle(pairs);
		expect(entered.length).toBeGreaterThan(0);
		expect(held).toEqual(entered);
	});
});

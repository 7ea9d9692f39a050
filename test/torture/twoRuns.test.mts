import { EditedPairs } from './editedPairs.mts';
import { openStage, type Stage } from './stage.mts';
import { editInTheMiddle, startTwiceByHand, startTwiceOnSchedule } from './twoRuns.mts';

const OTHER = 'sync-wix-contacts-members-and-users.json';

let stage: Stage;
let pairs: EditedPairs;
beforeAll(async () => {
	stage = await openStage();
	pairs = await EditedPairs.prepare(stage, 7, 200);
});
afterAll(async () => await stage.cleanup.run());

const fine = { doubles: 0, lost: 0 };

it('two runs that are started by hand at the same moment double nothing and lose nothing', async () => {
	const result = await startTwiceByHand(pairs);
	expect(result).toMatchObject({ ...fine, sideBySide: 2 });
});

it('nor do a sync of contacts and one of both flows that are started by hand at the same moment', async () => {
	const result = await startTwiceByHand(pairs, OTHER);
	expect(result).toMatchObject({ ...fine, sideBySide: 2 });
});

it('nor do two runs of one workflow that its schedule starts in the same second', async () => {
	const result = await startTwiceOnSchedule(pairs);
	expect(result).toMatchObject({ ...fine, sideBySide: 2 });
});

it('nor do a sync of contacts and one of both flows that their schedules start in the same second', async () => {
	const result = await startTwiceOnSchedule(pairs, OTHER);
	expect(result).toMatchObject({ ...fine, sideBySide: 2 });
});

it('what a person enters while a run writes stays', async () => {
	const { entered, held } = await editInTheMiddle(pairs);
	expect(held).toEqual(entered);
});

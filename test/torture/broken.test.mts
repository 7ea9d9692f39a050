import {
	databaseIsLocked,
	diskIsFull,
	linksCannotBeSaved,
	serversDie,
	tablesAreFull,
} from './broken.mts';
import { EditedPairs } from './editedPairs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
let pairs: EditedPairs;
beforeAll(async () => {
	stage = await openStage();
	pairs = await EditedPairs.prepare(stage, 11, 200);
});
afterAll(async () => await stage.cleanup.run());

const finished = { doubles: 0, lost: 0 };

it('both systems die in the middle of a run: it fails, and the next ones finish its work', async () => {
	const result = await serversDie(pairs);
	expect(result).toMatchObject(finished);
	expect(result.ended).not.toBe('success');
});

it('the database is locked for some seconds in the middle of a run: nothing is doubled or lost', async () => {
	expect(await databaseIsLocked(pairs, 5_000)).toMatchObject(finished);
});

it('the database is locked for so long that n8n gives up: nothing is doubled or lost', async () => {
	expect(await databaseIsLocked(pairs, 40_000)).toMatchObject(finished);
});

it('the disk is full: the run ends before its first write, and with room again the next ones finish its work', async () => {
	const result = await diskIsFull(pairs);
	expect(result).toMatchObject({ ...finished, writes: 0 });
	expect(result.ended).not.toBe('success');
});

it('the links cannot be saved: the run fails before its first write', async () => {
	const result = await linksCannotBeSaved(pairs);
	expect(result).toMatchObject({ ...finished, writes: 0 });
	expect(result.ended).toContain('disk is full');
});

it('n8n’s limit for data tables is reached: the run fails before its first write', async () => {
	const result = await tablesAreFull(pairs);
	expect(result).toMatchObject({ ...finished, writes: 0 });
	expect(result.ended).toContain('size limit exceeded');
});

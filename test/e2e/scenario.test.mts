import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from './demo.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'scenario-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scenario(steps: unknown): string {
	const file = join(folder, 'day.json');
	writeFileSync(file, JSON.stringify(steps));
	return file;
}

describe('npm start -- --once --scenario', () => {
	it('ends with 1 when a linked pair differs and nothing was run since', async () => {
		const file = scenario([
			{ title: 'First link', edits: [] },
			{
				title: 'An edit that no run has seen',
				people: { a: { pick: 'linkedPair' } },
				edits: [
					{
						server: 'wix',
						person: 'a',
						path: 'primaryInfo.email',
						value: 'unseen@example.org',
					},
				],
				runs: 0,
			},
		]);
		const demo = await runDemo(['--once', '--people', '60', '--scenario', file]);
		expect(demo.output).toContain('NOT in sync');
		expect(demo.code).toBe(1);
		expect(demo.result).toMatchObject({ exitCode: 1, pairs: { differ: 1 } });
	});

	it('ends with 1 when the last run wrote something', async () => {
		const file = scenario([
			{ title: 'First link', edits: [] },
			{
				title: 'An edit and one run only',
				people: { a: { pick: 'linkedPair' } },
				edits: [
					{
						server: 'users',
						person: 'a',
						path: 'profile.email',
						value: 'just.now@example.org',
					},
				],
				runs: 1,
			},
		]);
		const demo = await runDemo(['--once', '--people', '60', '--scenario', file]);
		expect(demo.code).toBe(1);
		expect(demo.result).toMatchObject({ lastRunWrites: 1, pairs: { differ: 0 } });
	});

	it('ends with 2, before anything is started, when the file is wrong', async () => {
		const demo = await runDemo(['--once', '--scenario', scenario([{ edits: [] }])]);
		expect(demo.code).toBe(2);
		expect(demo.output).toContain('step 1: "title"');
		expect(demo.result).toBeUndefined();
	});

	it('can go on with the data of the last time', async () => {
		const kept = ['--once', '--people', '60', '--keep', '--folder', join(folder, 'kept')];
		const first = await runDemo([...kept, '--scenario', scenario([{ title: 'First', edits: [] }])]);
		expect(first.code).toBe(0);
		const again = scenario([{ title: 'Again', edits: [], runs: 1 }]);
		const second = await runDemo([...kept, '--scenario', again]);
		expect(second.code).toBe(0);
		expect(second.result).toMatchObject({
			pairs: first.result?.pairs,
			steps: [{ runs: [{ linksSaved: 0, planned: {} }] }],
		});
	});
});

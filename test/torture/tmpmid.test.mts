import { openStage, type Stage } from './stage.mts';
import { prepareKills } from './kills.mts';
import type { EditedPairs } from './editedPairs.mts';
import { editInTheMiddle } from './twoRuns.mts';
import { startProxy } from '../nodes/proxy.mts';
let stage: Stage; let pairs: EditedPairs;
const log: { t: number; what: string }[] = [];
beforeAll(async () => {
	stage = await openStage();
	const proxy = await startProxy(stage.sandbox.youTrackUrl, (call) => { log.push({ t: performance.now(), what: `${call.method} ${call.url.split('?')[0]} ${call.body}` }); });
	stage.cleanup.add(async () => await proxy.close());
	stage.accounts = { ...stage.accounts, users: { ...stage.accounts.users, url: stage.accounts.users.url.replace(stage.sandbox.youTrackUrl, proxy.url) } };
	const { users } = stage.servers; const edit = users.edit.bind(users);
	users.edit = async (id: string, path: string, value: never) => { const s = performance.now(); await edit(id, path, value); log.push({ t: s, what: `EDIT-SENT ${id} ${value}` }, { t: performance.now(), what: `EDIT-DONE ${id} ${value}` }); };
	pairs = await prepareKills(stage, 1, 100);
});
afterAll(async () => await stage.cleanup.run());
it('loop', async () => {
	for (let i = 0; i < 60; i++) {
		log.length = 0;
		const { entered, held } = await editInTheMiddle(pairs);
		const bad = entered.filter((e, k) => e !== held[k]);
		process.stderr.write(`${i} bad ${bad.length}\n`);
		for (const b of bad) {
			const id = log.find((l) => l.what.startsWith('EDIT-DONE') && l.what.endsWith(b))?.what.split(' ')[1] as string;
			for (const l of log.filter((l) => l.what.includes(id)).sort((x, y) => x.t - y.t)) process.stderr.write(`   {} ${l.t.toFixed(1)} ${l.what.slice(0, 150)}\n`);
		}
	}
});

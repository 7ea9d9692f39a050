import { endLeases } from '../../sandbox/demo/leases.mts';
import { editPeople } from './dayEdits.mts';
import { watchHeap } from './heapWatch.mts';
import type { LoadStage } from './loadStage.mts';
import { phases, type Phase } from './phaseNames.mts';
import { runInProduction } from './productionRun.mts';
import { control, type Counts } from './sandboxControl.mts';

/** What one run took. Bytes are of bodies; memory and growth are bytes. */
export interface Figures {
	phase: Phase;
	milliseconds: number;
	wixCalls: number;
	userCalls: number;
	/** Writing ones among them. */
	writes: number;
	bytesSent: number;
	bytesReceived: number;
	/** Resident in n8n's process before the run, and the most during it; undefined where Linux does not tell. */
	before?: number;
	peak?: number;
	/** The largest heap that n8n told of. */
	heap?: number;
	/** Of n8n's database. */
	growth: number;
}

const countsOf = async (stage: LoadStage): Promise<[Counts, Counts]> => {
	const of = async (url: string) => await control<Counts>(new URL(url).origin, 'requests', 'GET');
	return [await of(stage.servers.wix.url), await of(stage.servers.users.url)];
};

async function measureRun(stage: LoadStage, path: string, phase: Phase): Promise<Figures> {
	const size = await stage.databaseSize();
	const [wix, users] = await countsOf(stage);
	const before = stage.memory.now();
	const isReset = stage.memory.resetPeak();
	const { result: milliseconds, heap } = await watchHeap(
		stage.url,
		async () => await runInProduction(stage.url, path),
	);
	const peak = isReset ? stage.memory.peak() : undefined;
	const [wixAfter, usersAfter] = await countsOf(stage);
	const sum = (of: (counts: Counts) => number) =>
		of(wixAfter) + of(usersAfter) - of(wix) - of(users);
	return {
		phase,
		milliseconds,
		wixCalls: wixAfter.total - wix.total,
		userCalls: usersAfter.total - users.total,
		writes: sum((counts) => counts.writes),
		bytesSent: sum(({ bytesIn }) => bytesIn),
		bytesReceived: sum(({ bytesOut }) => bytesOut),
		...(before === undefined ? {} : { before }),
		...(peak === undefined ? {} : { peak }),
		...(heap === undefined ? {} : { heap }),
		growth: (await stage.databaseSize()) - size,
	};
}

/**
 * Puts an active workflow through all phases on people that it has not seen yet.
 * @param path of its webhook
 * @param aSide how many people have a new address on each side in the day of edits
 * @param seen is told of each phase when it has ended
 */
export async function playPhases(
	stage: LoadStage,
	path: string,
	aSide: number,
	seen: (phase: Phase) => Promise<void> = async () => undefined,
): Promise<Figures[]> {
	const all: Figures[] = [];
	for (const phase of phases) {
		if (phase === 'day of edits') await editPeople(stage.servers, aSide, 1);
		// That run comes after the leases of the day's writes, and sees them
		if (phase === 'run after it') await endLeases(stage.calls);
		process.stderr.write(`${phase} …\n`);
		all.push(await measureRun(stage, path, phase));
		await seen(phase);
	}
	return all;
}
